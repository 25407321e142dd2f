namespace Sluice.Proxy.Exchanges;

/// <summary>What a backend may have made of a request that it did not answer: decides whether it may be sent again.</summary>
internal enum RequestFate : byte
{
    /// <summary>Certainly nothing: it says so, or was never asked (RFC 9113 8.7).</summary>
    Unprocessed,

    /// <summary>A kept connection ended before any byte of an answer: it had probably been closed before (RFC 9112 9.3.1).</summary>
    Stale,

    /// <summary>It may have been acted on; no byte of an answer came.</summary>
    Sent,

    /// <summary>An answer had begun.</summary>
    Answered,
}
