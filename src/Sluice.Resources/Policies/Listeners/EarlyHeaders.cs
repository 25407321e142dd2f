namespace Sluice.Resources.Policies.Listeners;

/// <summary>Changes of requests before a route is chosen.</summary>
public sealed record EarlyHeaders
{
    /// <summary>Fields that are replaced.</summary>
    public IReadOnlyList<EarlyHeaderValue> Set { get; init; } = [];

    /// <summary>Fields that are added.</summary>
    public IReadOnlyList<EarlyHeaderValue> Add { get; init; } = [];

    /// <summary>Fields that are removed.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
