namespace Sluice.Resources.Policies.Traffic;

/// <summary>Changes of header fields.</summary>
public sealed record HeaderRules
{
    /// <summary>Fields that are replaced.</summary>
    public IReadOnlyList<HeaderSource> Set { get; init; } = [];

    /// <summary>Fields that are added.</summary>
    public IReadOnlyList<HeaderSource> Add { get; init; } = [];

    /// <summary>Fields that are removed.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
