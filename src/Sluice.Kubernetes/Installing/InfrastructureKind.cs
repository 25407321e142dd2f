namespace Sluice.Kubernetes.Installing;

/// <summary>Where the Gateways of a cluster are served.</summary>
public enum InfrastructureKind
{
    /// <summary>By proxies of their own: a Deployment, or what GatewayParameters ask for, and a Service per Gateway in its namespace.</summary>
    Kubernetes,

    /// <summary>By the controller's own process, on addresses of its machine; a Service without selector stands for each Gateway.</summary>
    Host,
}
