namespace Sluice.Resources.Policies.Traffic;

/// <summary>Where a key stands in a request: header before query before cookie.</summary>
public sealed record ApiKeySource
{
    /// <summary>A field.</summary>
    public string? Header { get; init; }

    /// <summary>A parameter of the query.</summary>
    public string? Query { get; init; }

    /// <summary>A cookie.</summary>
    public string? Cookie { get; init; }
}
