using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>A request to be explained; it is never sent.</summary>
public sealed record ExplainRequest
{
    public string Method { get; init; } = "GET";

    /// <summary>"http", "https", "tls", "tcp" or "udp".</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>
    /// Host of the URL, an IPv6 literal in brackets. When it is an address of a Gateway, only that Gateway's listeners are
    /// candidates. A Host among <see cref="Headers"/> takes its place for matching.
    /// </summary>
    public required string Host { get; init; }

    /// <summary>Port that the client connects to. Default: that of the scheme; tls, tcp and udp have none.</summary>
    public int? Port { get; init; }

    /// <summary>With its leading "/".</summary>
    public string Path { get; init; } = "/";

    /// <summary>With its leading "?", or "".</summary>
    public string Query { get; init; } = "";

    /// <summary>In the order of the field lines; a name may come several times.</summary>
    public IReadOnlyList<HeaderValue> Headers { get; init; } = [];

    /// <summary>Restricts the candidates to one Gateway, as "namespace/name".</summary>
    public string? Gateway { get; init; }

    /// <summary>False for what has no requests: connections and datagrams.</summary>
    internal bool IsHttp => Scheme is "http" or "https";

    /// <summary>
    /// The name that a client of TLS asks for: the URL's host, whatever Host says. "" when that is an address, which is never sent
    /// (RFC 6066 3).
    /// </summary>
    internal string ServerName => System.Net.IPAddress.TryParse(Host.Trim('[', ']'), out _) ? "" : HostnameMatch.HostOf(Host);

    /// <summary>
    /// Takes a URL apart as a client does, without resolving or encoding anything; the scheme may be left out. Returns null
    /// and what is wrong when it is none.
    /// </summary>
    public static ExplainRequest? FromUrl(string url, out string? error)
    {
        string scheme = "http";
        string rest = url;
        int separator = url.IndexOf("://", StringComparison.Ordinal);
        if (separator >= 0)
        {
            scheme = url[..separator].ToLowerInvariant();
            rest = url[(separator + 3)..];
        }
        rest = rest.Split('#')[0];
        int end = rest.IndexOfAny(['/', '?']);
        string authority = end < 0 ? rest : rest[..end];
        string target = end < 0 ? "/" : rest[end..];
        int query = target.IndexOf('?');
        string path = query < 0 ? target : target[..query];
        int colon = authority.LastIndexOf(':');
        bool hasPort = colon > authority.LastIndexOf(']');
        int port = 0;
        bool isHttp = scheme is "http" or "https";
        error = !isHttp && scheme is not ("tls" or "tcp" or "udp") ? $"\"{url}\": the scheme must be http, https, tls, tcp or udp"
            : authority.Contains('@') ? $"\"{url}\": user information in a URL is not supported"
            : hasPort && !(int.TryParse(authority[(colon + 1)..], out port) && port is > 0 and <= 65535)
                ? $"\"{url}\": the port must be a number from 1 to 65535"
            : (hasPort ? colon : authority.Length) == 0 ? $"\"{url}\": a host is missing, as in http://example.com/path"
            : !isHttp && !hasPort ? $"\"{url}\": a port is missing, as in {scheme}://example.com:9000"
            : !isHttp && target != "/" ? $"\"{url}\": a connection has no path; leave \"{target}\" out"
            : null;
        return error is not null ? null : new ExplainRequest
        {
            Scheme = scheme,
            Host = hasPort ? authority[..colon] : authority,
            Port = hasPort ? port : null,
            Path = path.Length == 0 ? "/" : path,
            Query = query < 0 ? "" : target[query..],
        };
    }
}
