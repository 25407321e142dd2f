namespace Sluice.Proxy.Filters;

/// <summary>
/// Fields that header modifiers may not touch, because the data plane itself writes them and a changed one would break the
/// framing of messages or say something untrue about the connection (RFC 9110 7.6.1, RFC 9112 6). The host is changed by
/// URLRewrite.hostname.
/// </summary>
internal static class ProtectedFields
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

    public static bool Contains(string name) => Names.Contains(name);
}
