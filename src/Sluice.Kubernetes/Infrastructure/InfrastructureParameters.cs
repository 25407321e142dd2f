using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>The parameters that hold for a Gateway.</summary>
/// <param name="Kube">Null when its proxies are managed by others (selfManaged).</param>
public sealed record InfrastructureParameters(KubeParameters? Kube)
{
    /// <summary>
    /// Those of the Gateway over those of its class. When the Gateway's say kube or selfManaged and those of the class the
    /// other, the Gateway's hold alone.
    /// </summary>
    /// <exception cref="InvalidParametersException">A parametersRef leads to nothing that is known.</exception>
    public static InfrastructureParameters Resolve(ResourceSnapshot snapshot, Gateway gateway)
    {
        var gatewayClass = snapshot.GatewayClasses.GetValueOrDefault(new NamespacedName("", gateway.GatewayClassName));
        var ofClass = Find(snapshot, gatewayClass?.ParametersRef, "", $"GatewayClass {gateway.GatewayClassName}: spec.parametersRef");
        var own = Find(snapshot, gateway.Infrastructure?.ParametersRef, gateway.Metadata.Namespace, $"Gateway {gateway.Key}: spec.infrastructure.parametersRef");
        if ((own ?? ofClass) is { IsSelfManaged: true })
            return new InfrastructureParameters(Kube: null);
        var below = ofClass?.Kube ?? KubeParameters.Empty;
        return new InfrastructureParameters(own?.Kube?.Over(below) ?? below);
    }

    private static GatewayParameters? Find(ResourceSnapshot snapshot, ParametersReference? reference, string defaultNamespace, string field)
    {
        if (reference is null)
            return null;
        if (reference.Group != GatewayApiGroup.Kgateway || reference.Kind != "GatewayParameters")
            throw new InvalidParametersException($"{field}: must name GatewayParameters of {GatewayApiGroup.Kgateway}, names {reference.Kind} of \"{reference.Group}\"");
        var name = new NamespacedName(reference.Namespace ?? defaultNamespace, reference.Name);
        return snapshot.GatewayParameters.GetValueOrDefault(name)
            ?? throw new InvalidParametersException($"{field}: GatewayParameters \"{name}\" does not exist, or has errors");
    }
}
