using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>What policies have to do with a route.</summary>
/// <param name="Extensions">The TrafficPolicies that its filters name, whether there are such or not.</param>
/// <param name="Clusters">The clusters that its policies have asked.</param>
/// <param name="Variants">Entries for listeners that give their routes other policies than the first one does; null when none does.</param>
internal sealed record RoutePolicies(NamespacedName[] Extensions, string[] Clusters, IReadOnlyDictionary<ListenerTable, RouteEntry[]>? Variants)
{
    /// <summary>Of routes whose policies need nothing to be remembered.</summary>
    public static RoutePolicies Plain { get; } = new([], [], null);

    public bool IsSame(RoutePolicies? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Extensions.AsSpan().SequenceEqual(other.Extensions)
            && Clusters.AsSpan().SequenceEqual(other.Clusters)
            && Same(Variants, other.Variants));

    private static bool Same(IReadOnlyDictionary<ListenerTable, RouteEntry[]>? one, IReadOnlyDictionary<ListenerTable, RouteEntry[]>? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        return one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var entries) && ReferenceEquals(pair.Value, entries));
    }
}
