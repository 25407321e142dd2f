namespace Sluice.Resources.Core;

/// <summary>core/v1 Endpoints: belongs to the Service of the same name.</summary>
public sealed record Endpoints : KubernetesObject
{
    public override string Kind => "Endpoints";

    public IReadOnlyList<EndpointSubset> Subsets { get; init; } = [];
}
