namespace Sluice.Configuration;

/// <summary>One match of one rule of one route.</summary>
public sealed record RouteEntry(RouteMatch Match, RouteRule Rule);
