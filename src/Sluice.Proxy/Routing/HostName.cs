namespace Sluice.Proxy.Routing;

/// <summary>The host that an authority names (RFC 3986 3.2.2).</summary>
internal static class HostName
{
    /// <summary>
    /// Without port and without the dot of a fully qualified name; an IPv6 literal keeps its brackets. The port plays no part
    /// in matching (HTTPRouteSpec.hostnames).
    /// </summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> authority)
    {
        ReadOnlySpan<byte> host = WithoutPort(authority);
        return host.Length > 1 && host[^1] == '.' ? host[..^1] : host;
    }

    public static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> authority)
    {
        if (authority.Length > 0 && authority[0] == '[')
        {
            int end = authority.IndexOf((byte)']');
            return end < 0 ? authority : authority[..(end + 1)];
        }
        int colon = authority.LastIndexOf((byte)':');
        return colon < 0 ? authority : authority[..colon];
    }
}
