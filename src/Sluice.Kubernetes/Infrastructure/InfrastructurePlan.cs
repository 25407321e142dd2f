namespace Sluice.Kubernetes.Infrastructure;

/// <summary>What is to be done in the cluster for a Gateway.</summary>
/// <param name="Apply">Objects that are not there, or not as they should be, in order.</param>
/// <param name="Delete">Objects that should not be there, each to be looked at again first (<see cref="InfrastructureDiff.Confirm"/>).</param>
/// <param name="Held">What is to be deleted later, and why not yet.</param>
/// <param name="Conflicts">What stands in the way, for the Gateway's status.</param>
public sealed record InfrastructurePlan(
    IReadOnlyList<RenderedObject> Apply,
    IReadOnlyList<InfrastructureDeletion> Delete,
    IReadOnlyList<string> Held,
    IReadOnlyList<string> Conflicts)
{
    public bool IsEmpty => Apply.Count == 0 && Delete.Count == 0;
}
