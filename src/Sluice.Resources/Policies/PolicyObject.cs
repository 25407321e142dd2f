namespace Sluice.Resources.Policies;

/// <summary>A kind beside the Gateway API that says how something behaves.</summary>
public abstract record PolicyObject : KubernetesObject
{
    /// <summary>
    /// The fields at the top of spec that the manifest has, targets left out, by name in the manifest's order: a policy is merged field by
    /// field, and a field that stands there empty is something else than one that does not.
    /// </summary>
    public required IReadOnlyList<string> Fields { get; init; }
}
