using Sluice.Configuration;
using Sluice.Resources;

namespace Sluice.Translation.Clusters;

/// <summary>One cluster that is named by some rule. Gateways counts the Gateways whose configuration holds it.</summary>
internal sealed class ClusterSlot(NamespacedName service, int port, Cluster cluster)
{
    public NamespacedName Service { get; } = service;

    public int Port { get; } = port;

    public Cluster Cluster { get; set; } = cluster;

    public int Gateways { get; set; }

    public IReadOnlyList<Notice>? Notices { get; set; }
}
