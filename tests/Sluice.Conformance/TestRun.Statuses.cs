using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;

namespace Sluice.Conformance;

/// <content>Waits for statuses, with the suite's time limits.</content>
internal sealed partial class TestRun
{
    private const string SkipReadiness = "gateway-api/skip-this-for-readiness";
    private static readonly TimeSpan RouteLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ListenerLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LatestLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PolicyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GatewayLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan NamespaceLimit = TimeSpan.FromSeconds(300);

    public Task ClassConditionAsync(string name, ConditionExpectation expected) => UntilAsync(
        $"GatewayClass {name} has {expected}",
        GatewayLimit,
        report => OfClass(report, name, found => ConditionRules.Has(found.Conditions, found.Generation, expected)));

    public Task ClassCurrentAsync(string name) => UntilAsync(
        $"GatewayClass {name} has current conditions",
        LatestLimit,
        report => OfClass(report, name, found => ConditionRules.Current(found.Conditions, found.Generation)));

    /// <summary>A condition of an earlier generation ends the test at once: conditions must change all together.</summary>
    public Task GatewayConditionAsync(ObjectKey key, params IReadOnlyList<ConditionExpectation> expected) => UntilAsync(
        $"{key} has {string.Join(", ", expected)}",
        GatewayLimit,
        report => OfGateway(report, key, found =>
        {
            if (found.Conditions.Count > 0 && ConditionRules.Current(found.Conditions, found.Generation) is { } stale)
                throw new ConformanceException($"{key}: {stale}");
            return First(expected.Select(condition => ConditionRules.Has(found.Conditions, found.Generation, condition)));
        }));

    public Task GatewayCurrentAsync(ObjectKey key) => UntilAsync(
        $"{key} has current conditions",
        LatestLimit,
        report => OfGateway(report, key, found => ConditionRules.Current(found.Conditions, found.Generation)));

    /// <summary>Current conditions and an address that has a type.</summary>
    public Task GatewayAddressAsync(ObjectKey key) => UntilAsync(
        $"{key} has an address",
        GatewayLimit,
        report => OfGateway(report, key, found => ConditionRules.Current(found.Conditions, found.Generation)
            ?? (found.Addresses.Any(address => !string.IsNullOrEmpty(address.Type)) ? null : "there is no address with a type")));

    /// <summary>Exactly these addresses.</summary>
    public Task GatewayAddressesAsync(ObjectKey key, params IReadOnlyList<AddressStatus> expected) => UntilAsync(
        $"{key} has the addresses {string.Join(", ", expected)}",
        GatewayLimit,
        report => OfGateway(report, key, found => found.Addresses.SequenceEqual(expected) ? null : $"the addresses are {string.Join(", ", found.Addresses)}"));

    /// <summary>Exactly these listeners.</summary>
    public Task ListenersAsync(ObjectKey key, params IReadOnlyList<ListenerExpectation> expected) => UntilAsync(
        $"{key} has the listeners expected",
        ListenerLimit,
        report => OfGateway(report, key, found => ListenerRules.Match(found.Listeners, found.Generation, expected)));

    public Task ListenersReadyAsync(ObjectKey key) => UntilAsync(
        $"{key} has ready listeners",
        ListenerLimit,
        report => OfGateway(report, key, found => ListenerRules.AllReady(found.Listeners, found.Generation)));

    public Task ListenerConditionAsync(ObjectKey key, string listener, ConditionExpectation expected) => UntilAsync(
        $"{key} listener {listener} has {expected}",
        ListenerLimit,
        report => OfGateway(report, key, found => found.Listeners.FirstOrDefault(candidate => candidate.Name == listener) is { } named
            ? ConditionRules.Has(named.Conditions, found.Generation, expected)
            : $"there is no listener {listener}"));

    public Task NoRoutesAttachedAsync(ObjectKey key) => UntilAsync(
        $"{key} has no routes",
        ListenerLimit,
        report => OfGateway(report, key, ListenerRules.NoRoutes));

    public Task RouteConditionAsync(ObjectKey route, ObjectKey parent, ConditionExpectation expected) => UntilAsync(
        $"{route} has {expected} for {parent}",
        RouteLimit,
        report => OfRoute(report, route, found => RouteRules.Parent(found, parent, Rig.ControllerName, expected)));

    public Task RouteCurrentAsync(ObjectKey route) => UntilAsync(
        $"{route} has current conditions",
        LatestLimit,
        report => OfRoute(report, route, RouteRules.Current));

    /// <summary>Seen twice, a second apart, so that an acceptance on its way is not missed.</summary>
    public async Task NoAcceptedParentsAsync(ObjectKey route)
    {
        var what = $"{route} has no accepted parent";
        await UntilAsync(what, RouteLimit, report => RouteRules.NoneAccepted(report.Route(route)));
        await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
        await UntilAsync(what, RouteLimit, report => RouteRules.NoneAccepted(report.Route(route)));
    }

    /// <summary>Every Gateway of the namespaces that does not ask to be left out is accepted and programmed. Pods are ready since they were started.</summary>
    public Task NamespacesReadyAsync(params IReadOnlyList<string> namespaces) => UntilAsync(
        $"the namespaces {string.Join(", ", namespaces)} are ready",
        NamespaceLimit,
        report => First(Rig.Objects.All("Gateway")
            .Where(document => namespaces.Contains(ObjectKey.Of(document).Namespace) && !AsksToBeLeftOut(document))
            .Select(document => OfGateway(report, ObjectKey.Of(document), found =>
                ConditionRules.Has(found.Conditions, found.Generation, ConditionExpectation.True("Accepted"))
                ?? ConditionRules.Has(found.Conditions, found.Generation, ConditionExpectation.True("Programmed")))
                is { } problem ? $"{ObjectKey.Of(document)}: {problem}" : null)));

    /// <summary>metadata.generation of an object as it is in force.</summary>
    public async Task<long> GenerationAsync(ObjectKey key) =>
        (await Rig.Sluice.Admin.StatusAsync(Cancellation)).Generation(key) ?? throw new ConformanceException($"{key} is not in the status");

    private static bool AsksToBeLeftOut(JsonObject gateway) => gateway["metadata"]!["annotations"]?[SkipReadiness]?.GetValue<string>() == "true";

    private static string? First(IEnumerable<string?> problems) => problems.FirstOrDefault(problem => problem is not null);

    private string? OfClass(StatusReport report, string name, Func<ClassStatus, string?> check)
    {
        var found = report.Class(name);
        return Rig.Generations.Behind(new ObjectKey("GatewayClass", "", name), found?.Generation) ?? check(found!);
    }

    private string? OfGateway(StatusReport report, ObjectKey key, Func<GatewayStatus, string?> check)
    {
        var found = report.Gateway(key);
        return Rig.Generations.Behind(key, found?.Generation) ?? check(found!);
    }

    private string? OfRoute(StatusReport report, ObjectKey key, Func<RouteStatus, string?> check)
    {
        var found = report.Route(key);
        return Rig.Generations.Behind(key, found?.Generation) ?? check(found!);
    }
}
