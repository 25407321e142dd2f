namespace Sluice.Resources.Core;

/// <summary>discovery.k8s.io/v1.</summary>
public sealed record EndpointSlice : KubernetesObject
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    public override string Kind => "EndpointSlice";

    /// <summary>"IPv4", "IPv6" or "FQDN".</summary>
    public required string AddressType { get; init; }

    public IReadOnlyList<SliceEndpoint> Endpoints { get; init; } = [];

    public IReadOnlyList<EndpointPort> Ports { get; init; } = [];
}
