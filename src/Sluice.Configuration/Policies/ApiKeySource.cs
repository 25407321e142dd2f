namespace Sluice.Configuration.Policies;

/// <summary>Where an API key may stand. Of one source the header comes first, then the query parameter, then the cookie.</summary>
public sealed record ApiKeySource
{
    public string? Header { get; init; }

    public string? Query { get; init; }

    public string? Cookie { get; init; }
}
