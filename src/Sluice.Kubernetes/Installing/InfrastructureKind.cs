namespace Sluice.Kubernetes.Installing;

/// <summary>Where the Gateways of a cluster are served.</summary>
public enum InfrastructureKind
{
    /// <summary>By proxies of their own: a Deployment and a Service per Gateway.</summary>
    Kubernetes,

    /// <summary>By the controller's own process, on addresses of its node.</summary>
    Host,
}
