namespace Sluice.Proxy.Http;

/// <summary>How a body ends.</summary>
internal enum BodyFraming : byte
{
    None,

    /// <summary>After a known number of bytes.</summary>
    Length,

    /// <summary>With its own end mark (chunked coding; END_STREAM in HTTP/2).</summary>
    Chunked,

    /// <summary>When the connection ends: old responses, and tunnels.</summary>
    UntilClose,
}
