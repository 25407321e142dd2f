namespace Sluice.Resources.Kgateway;

/// <summary>service.</summary>
public sealed record ServiceParameters
{
    public ExtraMetadata Metadata { get; init; } = ExtraMetadata.None;

    /// <summary>ClusterIP, NodePort or LoadBalancer.</summary>
    public string? Type { get; init; }

    public string? ClusterIP { get; init; }

    /// <summary>Cluster or Local.</summary>
    public string? ExternalTrafficPolicy { get; init; }

    public string? LoadBalancerClass { get; init; }

    /// <summary>Null when not said.</summary>
    public IReadOnlyList<string>? LoadBalancerSourceRanges { get; init; }

    /// <summary>Node ports by port; null when not said.</summary>
    public IReadOnlyDictionary<int, int>? NodePorts { get; init; }

    internal ServiceParameters Over(ServiceParameters below) => new()
    {
        Metadata = Metadata.Over(below.Metadata),
        Type = Type ?? below.Type,
        ClusterIP = ClusterIP ?? below.ClusterIP,
        ExternalTrafficPolicy = ExternalTrafficPolicy ?? below.ExternalTrafficPolicy,
        LoadBalancerClass = LoadBalancerClass ?? below.LoadBalancerClass,
        LoadBalancerSourceRanges = LoadBalancerSourceRanges ?? below.LoadBalancerSourceRanges,
        NodePorts = NodePorts ?? below.NodePorts,
    };
}
