namespace Sluice.Configuration.Policies;

/// <summary>Fields that are changed: removed first, then set, then added. <see cref="ReservedFields"/> stay as they are.</summary>
public sealed record HeaderRules
{
    /// <summary>Fields that are changed by one list at most: 64.</summary>
    public const int MaxFields = 64;

    /// <summary>Replace all fields of their names.</summary>
    public IReadOnlyList<HeaderSource> Set { get; init; } = [];

    /// <summary>Stand behind those that are there.</summary>
    public IReadOnlyList<HeaderSource> Add { get; init; } = [];

    public IReadOnlyList<string> Remove { get; init; } = [];
}
