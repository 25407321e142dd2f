using System.Text;
using Sluice.Proxy.Http1;

namespace Sluice.Proxy.Http;

/// <summary>Where a redirect leads: an absolute URL of http or https (RFC 9110 10.2.2, RFC 9112 3.2.2), as strictly as a request's own target.</summary>
internal readonly ref struct RedirectTarget
{
    private RedirectTarget(bool isSecure, ReadOnlySpan<byte> authority, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        IsSecure = isSecure;
        Authority = authority;
        Path = path;
        Query = query;
    }

    public bool IsSecure { get; }

    public ReadOnlySpan<byte> Authority { get; }

    /// <summary>Normalised.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>With its "?", or empty.</summary>
    public ReadOnlySpan<byte> Query { get; }

    /// <summary>0 when none is given.</summary>
    public int Port => PortOf(Authority);

    /// <param name="location">The field's value.</param>
    /// <param name="maxBytes">Octets that it may have.</param>
    /// <param name="space">Where the target is put; at least as large as the value, and one octet more.</param>
    /// <param name="target">Valid for as long as the space.</param>
    public static bool TryParse(ReadOnlySpan<byte> location, int maxBytes, Span<byte> space, out RedirectTarget target)
    {
        target = default;
        if (location.Length > maxBytes)
            return false;
        var isSecure = StartsWith(location, "https://"u8);
        if (!isSecure && !StartsWith(location, "http://"u8))
            return false;
        location = location[(isSecure ? 8 : 7)..];

        // A fragment is for the client that followed it (RFC 9110 10.2.2).
        var end = location.IndexOf((byte)'#');
        if (end >= 0)
            location = location[..end];
        var authorityLength = location.IndexOfAny((byte)'/', (byte)'?');
        if (authorityLength < 0)
            authorityLength = location.Length;
        if (!Http.Authority.IsValid(location[..authorityLength]) || location.ContainsAnyExcept(RequestParser.TargetBytes))
            return false;
        var rest = location[authorityLength..];
        var query = rest.IndexOf((byte)'?');
        var path = query < 0 ? rest : rest[..query];

        location[..authorityLength].CopyTo(space);
        var written = space[authorityLength..];
        var length = 1;
        written[0] = (byte)'/';
        if (path.Length > 0)
        {
            path.CopyTo(written);
            if (!PathNormalizer.TryNormalize(written[..path.Length], out length))
                return false;
        }

        var tail = written[length..];
        var queryLength = query < 0 ? 0 : rest.Length - query;
        if (queryLength > 0)
            rest[query..].CopyTo(tail);
        target = new RedirectTarget(isSecure, space[..authorityLength], written[..length], tail[..queryLength]);
        return true;
    }

    /// <summary>The port of a valid authority; 0 when none is given.</summary>
    public static int PortOf(ReadOnlySpan<byte> authority)
    {
        var host = Routing.HostName.WithoutPort(authority);
        var port = 0;
        foreach (var digit in authority.Length > host.Length ? authority[(host.Length + 1)..] : default)
            port = (port * 10) + digit - '0';
        return port;
    }

    private static bool StartsWith(ReadOnlySpan<byte> location, ReadOnlySpan<byte> scheme) =>
        location.Length >= scheme.Length && Ascii.EqualsIgnoreCase(location[..scheme.Length], scheme);
}
