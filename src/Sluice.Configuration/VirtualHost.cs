namespace Sluice.Configuration;

/// <summary>The rules of all routes that serve one hostname on one listener, in the order in which they are tried.</summary>
public sealed record VirtualHost
{
    /// <summary>Lower case: "*" for every host, "*.example.com" for one or more labels in front, else exact.</summary>
    public required string Hostname { get; init; }

    /// <summary>
    /// In full precedence order (HTTPRouteRule.matches): the first entry whose match holds wins. Entries of one rule share
    /// one <see cref="RouteRule"/>.
    /// </summary>
    public required IReadOnlyList<RouteEntry> Routes { get; init; }
}
