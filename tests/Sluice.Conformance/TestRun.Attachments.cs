using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance;

/// <content>Waits for the statuses of ListenerSets and policies, and for what most tests begin with.</content>
internal sealed partial class TestRun
{
    /// <summary>
    /// The suite's preamble: the Gateway has an address, its routes are accepted, its listeners are ready and the routes'
    /// references resolved.
    /// </summary>
    public async Task ServedAsync(ObjectKey gateway, params IReadOnlyList<ObjectKey> routes)
    {
        await AcceptedAsync(gateway, routes);
        foreach (var route in routes)
            await RouteConditionAsync(route, gateway, True("ResolvedRefs", "ResolvedRefs"));
    }

    /// <summary>The same without the references.</summary>
    public async Task AcceptedAsync(ObjectKey gateway, params IReadOnlyList<ObjectKey> routes)
    {
        await GatewayAddressAsync(gateway);
        foreach (var route in routes)
            await RouteConditionAsync(route, gateway, True("Accepted", "Accepted"));
        await ListenersReadyAsync(gateway);
    }

    /// <summary>The conditions of a ListenerSet itself.</summary>
    public Task ListenerSetConditionAsync(ObjectKey key, params IReadOnlyList<ConditionExpectation> expected) => UntilAsync(
        $"{key} has {string.Join(", ", expected)}",
        ListenerLimit,
        report => OfListenerSet(report, key, found => First(expected.Select(condition => ConditionRules.Has(found.Conditions, found.Generation, condition)))));

    /// <summary>Exactly these listeners.</summary>
    public Task ListenerSetListenersAsync(ObjectKey key, params IReadOnlyList<ListenerExpectation> expected) => UntilAsync(
        $"{key} has the listeners expected",
        ListenerLimit,
        report => OfListenerSet(report, key, found => ListenerRules.Match(found.Listeners, found.Generation, expected)));

    /// <summary>The conditions of one of a ListenerSet's listeners.</summary>
    public Task ListenerSetListenerAsync(ObjectKey key, string listener, params IReadOnlyList<ConditionExpectation> expected) => UntilAsync(
        $"{key} listener {listener} has {string.Join(", ", expected)}",
        ListenerLimit,
        report => OfListenerSet(report, key, found => found.Listeners.FirstOrDefault(candidate => candidate.Name == listener) is { } named
            ? First(expected.Select(condition => ConditionRules.Has(named.Conditions, found.Generation, condition)))
            : $"there is no listener {listener}"));

    /// <summary>Exactly so many of the route's parents have an entry.</summary>
    public Task ParentCountAsync(ObjectKey route, int expected) => UntilAsync(
        $"{route} has {expected} parents",
        RouteLimit,
        report => OfRoute(report, route, found => found.Parents.Count == expected ? null : $"status.parents has {found.Parents.Count} entries"));

    public Task ListenerSetReadyAsync(ObjectKey key) => UntilAsync(
        $"{key} has ready listeners",
        ListenerLimit,
        report => OfListenerSet(report, key, found => ListenerRules.AllReady(found.Listeners, found.Generation)));

    public Task AttachedListenerSetsAsync(ObjectKey gateway, int expected) => UntilAsync(
        $"{gateway} has {expected} ListenerSets",
        GatewayLimit,
        report => OfGateway(report, gateway, found => found.AttachedListenerSets == expected ? null : $"attachedListenerSets is {found.AttachedListenerSets}"));

    public Task PolicyConditionAsync(ObjectKey policy, ObjectKey gateway, params IReadOnlyList<ConditionExpectation> expected) => UntilAsync(
        $"{policy} has {string.Join(", ", expected)} for {gateway}",
        PolicyLimit,
        report => OfPolicy(report, policy, found => PolicyRules.Ancestor(found, gateway, Rig.ControllerName, expected)));

    public Task PolicyCurrentAsync(ObjectKey policy) => UntilAsync(
        $"{policy} has current conditions",
        LatestLimit,
        report => OfPolicy(report, policy, PolicyRules.Current));

    private string? OfListenerSet(StatusReport report, ObjectKey key, Func<ListenerSetStatus, string?> check)
    {
        var found = report.ListenerSet(key);
        return Rig.Generations.Behind(key, found?.Generation) ?? check(found!);
    }

    private string? OfPolicy(StatusReport report, ObjectKey key, Func<PolicyStatus, string?> check)
    {
        var found = report.Policy(key);
        return Rig.Generations.Behind(key, found?.Generation) ?? check(found!);
    }
}
