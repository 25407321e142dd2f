namespace Sluice.Configuration;

/// <summary>
/// Fields that a <see cref="HeaderModifier"/> may not touch, because the data plane itself writes them and a changed one would break the
/// framing of messages or say something untrue about the connection (RFC 9110 7.6.1, RFC 9112 6). The host is changed by
/// URLRewrite.hostname.
/// </summary>
public static class ReservedFields
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host",
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "Content-Length",
        "Expect",
    };

    /// <param name="name">In any case.</param>
    public static bool Contains(string name) => Names.Contains(name);
}
