using Sluice.Configuration;

namespace Sluice.Translation.Clusters;

/// <summary>One cluster that is named by some rule. Gateways counts the Gateways whose configuration holds it.</summary>
internal sealed class ClusterSlot(ClusterIdentity identity, Cluster cluster)
{
    public ClusterIdentity Identity { get; } = identity;

    /// <summary>Without what Gateways add of their own.</summary>
    public Cluster Cluster { get; set; } = cluster;

    public int Gateways { get; set; }

    public IReadOnlyList<Notice>? Notices { get; set; }
}
