namespace Sluice.Resources.Policies.Traffic;

/// <summary>Secrets by their labels.</summary>
public sealed record ApiKeySelector
{
    /// <summary>All must be there.</summary>
    public IReadOnlyDictionary<string, string> MatchLabels { get; init; } = ObjectMeta.EmptyMap;
}
