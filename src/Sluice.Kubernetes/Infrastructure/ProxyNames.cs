using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Names of what is made for a Gateway (GEP-1762): its own name and its class's, within 63 characters.</summary>
public static class ProxyNames
{
    /// <summary>Of the Deployment or DaemonSet, the Service, the ServiceAccount and what scales and guards them.</summary>
    public static string Of(Gateway gateway) => BoundedName.Of(gateway.Metadata.Name, gateway.GatewayClassName);

    /// <summary>Of the ConfigMap with the authorities of the config stream.</summary>
    public static string OfAuthorities(Gateway gateway) => BoundedName.Of(gateway.Metadata.Name, gateway.GatewayClassName, "stream-ca");

    /// <summary>Of the Secret with the key of session tokens.</summary>
    public static string OfSessionKey(Gateway gateway) => BoundedName.Of(gateway.Metadata.Name, gateway.GatewayClassName, "sessions");
}
