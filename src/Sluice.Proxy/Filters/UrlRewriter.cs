using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Filters;

/// <summary>What a URLRewrite changes: the host that the backend gets, its path, or both.</summary>
internal sealed class UrlRewriter
{
    private readonly byte[] _host;

    private UrlRewriter(byte[] host, PathRewriter? path)
    {
        _host = host;
        Path = path;
    }

    /// <summary>Value of Host, or empty to keep the request's.</summary>
    public ReadOnlySpan<byte> Host => _host;

    /// <summary>Null keeps the request's path.</summary>
    public PathRewriter? Path { get; }

    /// <summary>Null when there is nothing to rewrite. The hostname must be one (<see cref="FieldSyntax.IsHost"/>).</summary>
    public static UrlRewriter? Of(UrlRewrite? rewrite)
    {
        if (rewrite is null || (rewrite.Hostname is null && rewrite.Path is null))
            return null;
        return new UrlRewriter(
            rewrite.Hostname is null ? [] : Encoding.ASCII.GetBytes(rewrite.Hostname),
            rewrite.Path is null ? null : new PathRewriter(rewrite.Path));
    }
}
