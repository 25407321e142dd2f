namespace Sluice.Proxy.Http1;

internal enum ChunkedStatus : byte
{
    NeedMore,
    Data,
    Trailers,
    Failed,
}
