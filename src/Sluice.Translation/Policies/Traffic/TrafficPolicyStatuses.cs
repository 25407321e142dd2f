using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>The statuses of TrafficPolicies, kept from snapshot to snapshot: only those that something touched are built anew.</summary>
internal sealed class TrafficPolicyStatuses(TrafficPolicyBook book, IReadOnlyList<string> controllerNames)
{
    private readonly PolicyStatusInterner _interner = new();

    public ImmutableDictionary<NamespacedName, PolicyStatus> Current { get; private set; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    public void Update(
        ResourceSnapshot snapshot,
        GatewayBook gateways,
        IReadOnlyDictionary<NamespacedName, RouteMemo> httpRoutes,
        IReadOnlyDictionary<NamespacedName, RouteMemo> grpcRoutes)
    {
        var touched = book.TakeTouched();
        if (touched.Count == 0)
            return;
        var statuses = Current.ToBuilder();
        var builder = new TrafficPolicyStatusBuilder(book, snapshot, gateways, httpRoutes, grpcRoutes, controllerNames[0]);
        foreach (var key in touched)
        {
            var old = statuses.GetValueOrDefault(key);
            if (book.Find(key) is not { } compiled || builder.Build(compiled) is not { Ancestors.Count: > 0 } status)
                statuses.Remove(key);
            else if (old is null || !PolicyStatusBuilder.Same(old, status))
                statuses[key] = _interner.Intern(status);
        }
        Current = statuses.ToImmutable();
    }
}
