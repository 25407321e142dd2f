namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>Names of what was wrong in metrics.</summary>
internal static class ProxyHeaderStatuses
{
    /// <summary>Those that end a connection.</summary>
    public static readonly ProxyHeaderStatus[] Refusals =
        [ProxyHeaderStatus.Malformed, ProxyHeaderStatus.TooLong, ProxyHeaderStatus.BadChecksum, ProxyHeaderStatus.Unsupported, ProxyHeaderStatus.Untrusted, ProxyHeaderStatus.Incomplete];

    public static string Name(ProxyHeaderStatus status) => status switch
    {
        ProxyHeaderStatus.TooLong => "too long",
        ProxyHeaderStatus.BadChecksum => "checksum",
        ProxyHeaderStatus.Unsupported => "unsupported",
        ProxyHeaderStatus.Untrusted => "untrusted",
        ProxyHeaderStatus.Incomplete => "incomplete",
        _ => "malformed",
    };
}
