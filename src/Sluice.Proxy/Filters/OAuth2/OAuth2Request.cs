using System.Text;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>What a login needs of a request, in memory of its own: the head may be gone while it waits.</summary>
/// <param name="Origin">Scheme and authority, as in "https://app.example.com:8443".</param>
/// <param name="Host">In lower case, without port.</param>
/// <param name="IsSecure">It came over TLS, if not to us then to a proxy in front that is trusted.</param>
/// <param name="Target">Its path and query, when a user can be sent there; else "/".</param>
/// <param name="Query">Without "?".</param>
/// <param name="Cookies">Those of the policy.</param>
internal sealed record OAuth2Request(string Origin, string Host, bool IsSecure, string Target, string Query, OAuth2Jar Cookies)
{
    /// <summary>Octets of a target that is kept.</summary>
    public const int MaxTargetLength = 2048;

    /// <summary>Whether the client's side has TLS.</summary>
    public static bool IsSecureRequest(RequestHead head, FilterContext context)
    {
        if (context.IsSecure || context.TrustedHops == 0)
            return context.IsSecure;
        int field = RequestFields.Find(head, "x-forwarded-proto"u8);
        return field >= 0 && Ascii.EqualsIgnoreCase(head.ValueOf(head.Fields[field]), "https"u8);
    }

    /// <summary>Null when it names no host that could be sent back to.</summary>
    public static OAuth2Request? Of(RequestHead head, bool secure, OAuth2CookieNames names)
    {
        if (!Authority.IsValid(head.Authority))
            return null;
        string authority = Encoding.ASCII.GetString(head.Authority).ToLowerInvariant();
        string query = Encoding.Latin1.GetString(head.Query).TrimStart('?');
        string target = IsSafe(head.Path) && IsVisible(head.Query) && head.Path.Length + head.Query.Length <= MaxTargetLength
            ? Encoding.ASCII.GetString(head.Path) + Encoding.ASCII.GetString(head.Query)
            : "/";
        return new OAuth2Request($"{(secure ? "https" : "http")}://{authority}", WithoutPort(authority), secure, target, query, OAuth2Jar.Of(head, names));
    }

    /// <summary>The parameter's value; null when it is not there, or not once (RFC 6749 3.1), or too long.</summary>
    public string? Parameter(string name)
    {
        string? value = null;
        foreach (string pair in Query.Split('&'))
        {
            int end = pair.IndexOf('=', StringComparison.Ordinal);
            if (end < 0 || !pair.AsSpan(0, end).SequenceEqual(name))
                continue;
            if (value is not null || pair.Length > 8 * 1024)
                return null;
            value = Uri.UnescapeDataString(pair[(end + 1)..].Replace('+', ' '));
        }
        return value;
    }

    /// <summary>Whether a path leads nowhere but here: browsers take "//" and "\" in front for another host (WHATWG URL 4.4).</summary>
    private static bool IsSafe(ReadOnlySpan<byte> path) =>
        path.StartsWith("/"u8) && !path.StartsWith("//"u8) && IsVisible(path);

    private static bool IsVisible(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && !text.Contains((byte)'\\');

    private static string WithoutPort(string authority)
    {
        int colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
    }
}
