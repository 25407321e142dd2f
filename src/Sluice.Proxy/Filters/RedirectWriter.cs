using System.Buffers.Text;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Filters;

/// <summary>
/// Writes the Location of a redirect (HTTPRequestRedirectFilter). The query is kept. A request without a host gets a
/// relative reference, since there is nothing to name (RFC 9110 10.2.2).
/// </summary>
internal sealed class RedirectWriter
{
    private const int MaxSchemeAndPort = 8 + 6;

    private readonly bool? _secure;
    private readonly byte[] _host;
    private readonly int _port;
    private readonly PathRewriter? _path;

    /// <summary>Scheme and hostname must be ones: "http" or "https", and <see cref="FieldSyntax.IsHost"/>.</summary>
    public RedirectWriter(RedirectAction action)
    {
        _secure = action.Scheme is null ? null : action.Scheme == "https";
        _host = action.Hostname is null ? [] : Encoding.ASCII.GetBytes(action.Hostname);
        _port = action.Port ?? 0;
        _path = action.Path is null ? null : new PathRewriter(action.Path);
    }

    /// <inheritdoc cref="MaxLength(int, int, int)"/>
    public int MaxLength(RequestHead head) => MaxLength(head.AuthoritySlice.Length, head.PathSlice.Length, head.QuerySlice.Length);

    /// <summary>Octets that Location can have at most for a request of these lengths.</summary>
    public int MaxLength(int authority, int path, int query) =>
        MaxSchemeAndPort + Math.Max(_host.Length, authority) + (_path?.MaxLength(path) ?? path) + query;

    /// <inheritdoc cref="TryWrite(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, int, bool, int, Span{byte}, out int)"/>
    public bool TryWrite(RequestHead head, int matchedLength, bool secure, int listenerPort, Span<byte> destination, out int written) =>
        TryWrite(head.Authority, head.Path, head.Query, matchedLength, secure, listenerPort, destination, out written);

    /// <param name="authority">The request's, with or without port.</param>
    /// <param name="path">The request's, normalised.</param>
    /// <param name="query">The request's, with its leading "?", or empty.</param>
    /// <param name="matchedLength">How much of the path the entry matched: <see cref="RuntimeEntry.MatchedLength"/>.</param>
    /// <param name="secure">Whether the request's scheme is https.</param>
    /// <param name="listenerPort">What the Gateway states: <see cref="Listener.Port"/>.</param>
    /// <param name="destination">At least <see cref="MaxLength(int, int, int)"/> octets are always enough.</param>
    /// <param name="written">Octets of the Location.</param>
    /// <returns>False when the destination is too small.</returns>
    public bool TryWrite(
        ReadOnlySpan<byte> authority, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query,
        int matchedLength, bool secure, int listenerPort, Span<byte> destination, out int written)
    {
        written = 0;
        ReadOnlySpan<byte> host = _host.Length > 0 ? _host : HostName.WithoutPort(authority);
        if (host.Length > 0 && !TryWriteOrigin(host, _secure ?? secure, listenerPort, destination, out written))
            return false;
        if (!TryWritePath(path, matchedLength, host.Length == 0, destination[written..], out int pathLength))
            return false;
        written += pathLength;
        return TryAppend(query, destination, ref written);
    }

    private bool TryWriteOrigin(ReadOnlySpan<byte> host, bool secure, int listenerPort, Span<byte> destination, out int written)
    {
        written = 0;
        if (!TryAppend(secure ? "https://"u8 : "http://"u8, destination, ref written) || !TryAppend(host, destination, ref written))
            return false;
        int defaultPort = secure ? 443 : 80;
        // The filter's port, else the well-known one of the filter's scheme, else the listener's (HTTPRequestRedirectFilter.port).
        int port = _port != 0 ? _port : _secure is null ? listenerPort : defaultPort;
        if (port == defaultPort)
            return true;
        if (!TryAppend(":"u8, destination, ref written) || !Utf8Formatter.TryFormat(port, destination[written..], out int digits))
            return false;
        written += digits;
        return true;
    }

    private bool TryWritePath(ReadOnlySpan<byte> path, int matchedLength, bool relative, Span<byte> destination, out int written)
    {
        if (_path is not null)
            return _path.TryWrite(path, matchedLength, destination, out written);
        written = 0;
        // Without a host in front, "//other" would name another host (RFC 3986 4.2).
        while (relative && path.StartsWith("//"u8))
            path = path[1..];
        return TryAppend(path, destination, ref written);
    }

    private static bool TryAppend(ReadOnlySpan<byte> text, Span<byte> destination, ref int written)
    {
        if (!text.TryCopyTo(destination[written..]))
            return false;
        written += text.Length;
        return true;
    }
}
