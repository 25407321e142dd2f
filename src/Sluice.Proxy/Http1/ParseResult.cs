namespace Sluice.Proxy.Http1;

internal enum ParseResult : byte
{
    Complete,
    NeedMore,
    Failed,
}
