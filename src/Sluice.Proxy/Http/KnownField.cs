namespace Sluice.Proxy.Http;

/// <summary>Field names that the data plane itself acts on; everything else is <see cref="Other"/>.</summary>
internal enum KnownField : byte
{
    Other,
    Host,
    Connection,
    KeepAlive,
    ProxyConnection,
    TransferEncoding,
    ContentLength,
    TE,
    Trailer,
    Upgrade,
    Expect,
    Forwarded,
    XForwardedFor,
    XForwardedProto,
    XForwardedHost,
    XForwardedClientCert,
    XRequestId,

    /// <summary>The token of a request that wants to be explained: for the proxy alone.</summary>
    Explain,

    /// <summary>What the proxy says to that: for nobody else to say.</summary>
    Explanation,
}
