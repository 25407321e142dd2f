namespace Sluice.Resources.Policies.Backends;

/// <summary>Backends of one priority.</summary>
public sealed record PriorityGroup
{
    /// <summary>Each is of type static or such, never of groups.</summary>
    public IReadOnlyList<LocalBackendReference> BackendRefs { get; init; } = [];
}
