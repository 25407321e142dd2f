namespace Sluice.Configuration;

/// <summary>HTTPHeaderFilter: names are compared without case; of equal names within one list the first counts. <see cref="ReservedFields"/> stay as they are.</summary>
public sealed record HeaderModifier
{
    /// <summary>Overwrites all fields of that name, or creates one.</summary>
    public IReadOnlyList<HeaderValue> Set { get; init; } = [];

    /// <summary>Appends a field line, leaving those that are there.</summary>
    public IReadOnlyList<HeaderValue> Add { get; init; } = [];

    /// <summary>Removes all fields of that name.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
