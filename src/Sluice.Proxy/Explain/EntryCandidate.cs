namespace Sluice.Proxy.Explain;

/// <summary>One match of one rule, held against the request.</summary>
public sealed record EntryCandidate
{
    /// <summary>Place in the order of precedence, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>As "HTTPRoute/namespace/name".</summary>
    public required string Route { get; init; }

    /// <summary>Index in the route's spec.rules.</summary>
    public required int Rule { get; init; }

    public string? RuleName { get; init; }

    /// <summary>In the order path, method, headers, query parameters.</summary>
    public required IReadOnlyList<PredicateResult> Predicates { get; init; }

    public required bool Matches { get; init; }

    public bool Wins { get; init; }

    public required string Reason { get; init; }
}
