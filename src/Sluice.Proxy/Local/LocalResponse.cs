namespace Sluice.Proxy.Local;

public sealed record LocalResponse(int StatusCode, string ContentType, ReadOnlyMemory<byte> Body);
