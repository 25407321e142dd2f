namespace Sluice.Translation.Hosts;

/// <summary>
/// Hostnames of listeners and routes (GEP-718 and HTTPRoute.spec.hostnames): "*.example.com" stands for one or more labels in
/// front of example.com, never for example.com itself.
/// </summary>
internal static class Hostnames
{
    /// <summary>The hostname of the virtual host that serves every host.</summary>
    public const string Any = "*";

    private static readonly string[] AnyHost = [Any];

    /// <summary>
    /// The hostnames under which a route serves on a listener: empty when the two have none in common.
    /// </summary>
    /// <param name="listener">Lower case; "" for every host.</param>
    /// <param name="route">spec.hostnames, as written.</param>
    public static IReadOnlyList<string> Intersect(string listener, IReadOnlyList<string> route)
    {
        if (route.Count == 0)
            return listener.Length == 0 ? AnyHost : [listener];
        if (route.Count == 1)
            return Intersect(listener, Lower(route[0])) is { } single ? [single] : [];
        var result = new List<string>(route.Count);
        foreach (var hostname in route)
        {
            if (Intersect(listener, Lower(hostname)) is { } common && !result.Contains(common))
                result.Add(common);
        }
        return result;
    }

    /// <summary>The next wildcard that covers the hostname of a virtual host: "*.b.c" for "a.b.c" and "*.a.b.c", in the end "*", then null.</summary>
    public static string? Wider(string hostname)
    {
        if (hostname == Any)
            return null;
        var dot = hostname.IndexOf('.', hostname[0] == '*' ? 2 : 0);
        return dot < 0 ? Any : $"*{hostname[dot..]}";
    }

    // The narrower of the two, or null.
    private static string? Intersect(string listener, string route)
    {
        if (listener.Length == 0 || listener == route)
            return route;
        if (Covers(listener, route))
            return route;
        return Covers(route, listener) ? listener : null;
    }

    private static bool Covers(string wildcard, string hostname) =>
        wildcard.StartsWith("*.", StringComparison.Ordinal)
        && hostname.Length >= wildcard.Length
        && hostname.AsSpan().EndsWith(wildcard.AsSpan(1), StringComparison.Ordinal);

    // The same instance when it is lower case already, which it nearly always is.
    private static string Lower(string hostname)
    {
        foreach (var c in hostname)
        {
            if (char.IsAsciiLetterUpper(c))
                return hostname.ToLowerInvariant();
        }
        return hostname;
    }
}
