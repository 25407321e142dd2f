namespace Sluice.Resources.Core;

public sealed record Service : KubernetesObject
{
    /// <summary>Endpoints without a cluster: "127.0.0.1:3000,127.0.0.1:3001", used for every port of the Service.</summary>
    public const string EndpointsAnnotation = "sluice.dev/endpoints";

    /// <summary>"v1" or "v2": endpoints expect a header of the PROXY protocol at the beginning of every relayed connection.</summary>
    public const string ProxyProtocolAnnotation = "sluice.dev/proxy-protocol";

    public override string Kind => "Service";

    public ServiceType Type { get; init; } = ServiceType.ClusterIP;

    /// <summary>"None" for headless Services.</summary>
    public string? ClusterIP { get; init; }

    /// <summary>DNS name, with <see cref="ServiceType.ExternalName"/> only.</summary>
    public string? ExternalName { get; init; }

    /// <summary>Whether spec.selector is given.</summary>
    public bool HasSelector { get; init; }

    /// <summary>Whether spec.sessionAffinity is ClientIP.</summary>
    public bool HasClientAffinity { get; init; }

    public IReadOnlyList<ServicePort> Ports { get; init; } = [];
}
