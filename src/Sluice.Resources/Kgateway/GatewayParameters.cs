namespace Sluice.Resources.Kgateway;

/// <summary>
/// gateway.kgateway.dev/v1alpha1 GatewayParameters: what is made in a cluster for the Gateways that point at it. Exactly one of
/// the two is set. Fields that mean something to Envoy alone are not kept; whoever reads a manifest is told.
/// </summary>
public sealed record GatewayParameters : KubernetesObject
{
    public override string Kind => "GatewayParameters";

    /// <summary>spec.kube: proxies run as pods.</summary>
    public KubeParameters? Kube { get; init; }

    /// <summary>spec.selfManaged: nothing is made, whoever sets it runs the proxies.</summary>
    public bool IsSelfManaged { get; init; }
}
