namespace Sluice.Resources.Kgateway;

/// <summary>
/// spec.kube of GatewayParameters. Parts of Kubernetes's own kinds (probes, affinity, resources, ...) are kept as JSON, since
/// they go into a pod as they are. Null is "not said" everywhere.
/// </summary>
public sealed record KubeParameters
{
    public static KubeParameters Empty { get; } = new();

    public DeploymentParameters? Deployment { get; init; }

    /// <summary>A field of ours: a DaemonSet instead of a Deployment.</summary>
    public DaemonSetParameters? DaemonSet { get; init; }

    /// <summary>envoyContainer: the container of the proxy.</summary>
    public ContainerParameters Container { get; init; } = new();

    public PodParameters Pod { get; init; } = new();

    public ServiceParameters Service { get; init; } = new();

    /// <summary>serviceAccount.extraLabels and extraAnnotations.</summary>
    public ExtraMetadata ServiceAccount { get; init; } = ExtraMetadata.None;

    /// <summary>stats.enabled: whether pods carry the prometheus.io annotations.</summary>
    public bool? IsScraped { get; init; }

    /// <summary>Whether pods are left without security contexts of ours, for platforms that set them.</summary>
    public bool? OmitDefaultSecurityContext { get; init; }

    /// <summary>Whether only the user and group ids are left out of them.</summary>
    public bool? FloatingUserId { get; init; }

    public ParameterOverlays Overlays { get; init; } = new();

    /// <summary>These parameters over others, which hold where these say nothing: those of a Gateway over those of its class.</summary>
    public KubeParameters Over(KubeParameters below) => new()
    {
        // One asks for the kind that the nearer one names.
        Deployment = DaemonSet is not null ? null : Deployment is null ? below.Deployment : Deployment.Over(below.Deployment),
        DaemonSet = Deployment is not null ? null : DaemonSet is null ? below.DaemonSet : DaemonSet.Over(below.DaemonSet),
        Container = Container.Over(below.Container),
        Pod = Pod.Over(below.Pod),
        Service = Service.Over(below.Service),
        ServiceAccount = ServiceAccount.Over(below.ServiceAccount),
        IsScraped = IsScraped ?? below.IsScraped,
        OmitDefaultSecurityContext = OmitDefaultSecurityContext ?? below.OmitDefaultSecurityContext,
        FloatingUserId = FloatingUserId ?? below.FloatingUserId,
        Overlays = Overlays.Over(below.Overlays),
    };
}
