using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>All that decides what is made in the cluster for one Gateway.</summary>
public sealed record ProxyInfrastructure
{
    public required Gateway Gateway { get; init; }

    /// <summary>metadata.uid of the Gateway: what is made belongs to it.</summary>
    public required string Uid { get; init; }

    /// <summary>One per port and transport protocol of all its listeners, those of ListenerSets too; see <see cref="Resources.Infrastructure.GatewayServicePorts"/>.</summary>
    public required IReadOnlyList<ServicePort> Ports { get; init; }

    /// <summary>Of the GatewayClass and the Gateway, merged.</summary>
    public KubeParameters Parameters { get; init; } = KubeParameters.Empty;

    public required ControllerInstallation Controller { get; init; }

    /// <summary>
    /// What all pods of the Gateway seal session tokens with, so that they know each other's sessions; the same for as long as
    /// the Gateway lives. Empty: each pod has its own, and sessions end with it.
    /// </summary>
    public ReadOnlyMemory<byte> SessionKey { get; init; }
}
