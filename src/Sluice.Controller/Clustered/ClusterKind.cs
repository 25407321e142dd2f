using Sluice.Kubernetes.Client;

namespace Sluice.Controller.Clustered;

/// <summary>A kind that is followed in a cluster.</summary>
/// <param name="Preferred">In the version that is asked for when the API server has it.</param>
/// <param name="OtherVersions">Versions that mean the same, in order of preference, for clusters with older or newer CRDs.</param>
/// <param name="HasStatus">Whether its status is read and written.</param>
internal sealed record ClusterKind(ApiResource Preferred, IReadOnlyList<string> OtherVersions, bool HasStatus)
{
    public string Kind => Preferred.Kind;

    public IEnumerable<ApiResource> Candidates => OtherVersions.Select(version => Preferred with { Version = version }).Prepend(Preferred);

    /// <summary>What Gateways, sets and policies refer to is needed before they are: these kinds are followed after all others are known.</summary>
    public bool IsReferenced => Kind is ReferencedObjects.Secret or ReferencedObjects.ConfigMap;
}
