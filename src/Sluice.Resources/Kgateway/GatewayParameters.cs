namespace Sluice.Resources.Kgateway;

/// <summary>
/// gateway.kgateway.dev/v1alpha1 GatewayParameters: known by name, so that a parametersRef can point at it. What it says
/// about pods and Services of a cluster is not read.
/// </summary>
public sealed record GatewayParameters : KubernetesObject
{
    public override string Kind => "GatewayParameters";
}
