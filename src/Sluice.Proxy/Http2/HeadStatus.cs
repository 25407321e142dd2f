namespace Sluice.Proxy.Http2;

/// <summary>What became of a field block that should be a head or trailers.</summary>
internal enum HeadStatus : byte
{
    Complete,

    /// <summary>Against RFC 9113 8: the stream is reset.</summary>
    Malformed,

    /// <summary>Well formed, but not served: the stream is answered.</summary>
    Refused,

    /// <summary>HPACK could not read it: the connection ends.</summary>
    Undecodable,
}
