namespace Sluice.Kubernetes.Installing;

/// <summary>What the controller and its proxies are called in a cluster, for the manifests and for whoever looks for them.</summary>
public static class InstallationNames
{
    /// <summary>Of the Deployment, the Service, the ServiceAccount, the Lease and everything else that belongs to the controller.</summary>
    public const string Controller = "sluice-controller";

    /// <summary>Of everything that belongs to the exporter.</summary>
    public const string Exporter = "sluice-exporter";

    /// <summary>The Secret with the authority of the config stream, in the controller's namespace.</summary>
    public const string StreamSecret = "sluice-config-stream";

    public const string GatewayClass = "sluice";

    /// <summary>The admin endpoint of controllers and proxies, on the loopback address of their pods only.</summary>
    public const int AdminPort = 19000;

    /// <summary>Health, readiness and metrics of controllers and proxies, for the cluster.</summary>
    public const int ProbePort = 19001;

    /// <summary>The exporter's metrics and probes.</summary>
    public const int ExporterPort = 8080;

    /// <summary>Where proxies get their configuration.</summary>
    public const int StreamPort = 9443;
}
