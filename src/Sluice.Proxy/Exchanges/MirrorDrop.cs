namespace Sluice.Proxy.Exchanges;

/// <summary>Why a copy of a request did not reach its end.</summary>
internal enum MirrorDrop : byte
{
    /// <summary>Too many copies are in flight.</summary>
    TooMany,

    /// <summary>The backend did not take the request as fast as it came.</summary>
    TooSlow,

    /// <summary>No connection, or a connection that broke.</summary>
    Failed,

    /// <summary>The request itself broke off.</summary>
    Aborted,

    /// <summary>The request was sent, but the response took too long.</summary>
    Timeout,

    /// <summary>The request was sent, but the response was too large.</summary>
    Response,
}
