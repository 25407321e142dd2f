namespace Sluice.Proxy.Telemetry.Records;

/// <summary>What the client spoke.</summary>
internal enum HttpProtocol : byte
{
    None,
    Http10,
    Http11,
    Http2,
}
