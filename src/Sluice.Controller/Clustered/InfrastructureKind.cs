namespace Sluice.Controller.Clustered;

/// <summary>Where Gateways of a cluster are served.</summary>
public enum InfrastructureKind
{
    /// <summary>Proxies of their own: a Deployment, or what GatewayParameters ask for, and a Service per Gateway in its namespace.</summary>
    Kubernetes,

    /// <summary>In the controller's own process, on addresses of its machine; a Service without selector stands for each Gateway.</summary>
    Host,
}
