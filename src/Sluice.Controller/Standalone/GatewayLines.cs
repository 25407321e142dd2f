using Sluice.Controller.Publishing;
using Sluice.Controller.Reports;
using Sluice.Resources;

namespace Sluice.Controller.Standalone;

/// <summary>Says where a Gateway is served: a line for it and one for each listener.</summary>
internal static class GatewayLines
{
    /// <summary>Thousands of them would be no news for anybody.</summary>
    private const int MostSets = 8;

    public static IEnumerable<(string Gateway, string Lines)> Of(ControllerState state)
    {
        var reports = new StatusReportBuilder(state.Snapshot, state.Translation, state.Gateways, state.ListenerSets);
        foreach (var gateway in reports.Gateways())
        {
            var name = $"{gateway.Namespace}/{gateway.Name}";
            var listeners = gateway.Listeners.Select(listener => Line(gateway, listener, $"listener {listener.Name}"));
            yield return (name, $"Gateway {name}{string.Concat(listeners)}{OfSets(reports, gateway, state)}");
        }
    }

    private static string OfSets(StatusReportBuilder reports, GatewayReport gateway, ControllerState state)
    {
        var sets = state.Translation.ListenerSetsOf.GetValueOrDefault(new NamespacedName(gateway.Namespace, gateway.Name), []);
        var shown = sets.Take(MostSets).Select(reports.ListenerSet).SelectMany(set => set.Listeners.Select(listener => Line(gateway, listener, $"ListenerSet {set.Namespace}/{set.Name}, listener {listener.Name}")));
        var rest = sets.Count > MostSets ? $"\n  and {Count(sets.Count - MostSets, "more ListenerSet")}" : "";
        return $"{string.Concat(shown)}{rest}";
    }

    private static string Line(GatewayReport gateway, ListenerReport listener, string name) =>
        $"\n  {Place(gateway, listener)}  {listener.Hostname}  {Count(listener.AttachedRoutes, "route")}  ({name})";

    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : noun.EndsWith('s') ? "es" : "s")}";

    private static string Place(GatewayReport gateway, ListenerReport listener)
    {
        if (!listener.Conditions.Any(condition => condition is { Type: "Programmed", IsTrue: true }))
            return $"not served: port {listener.BoundPort}";
        return string.Join(" ", gateway.Addresses.Select(address => address.Value.Contains(':') ? $"{Scheme(listener)}://[{address.Value}]:{listener.BoundPort}" : $"{Scheme(listener)}://{address.Value}:{listener.BoundPort}"));
    }

    /// <summary>http, https, tls, tcp and udp: the protocols' names.</summary>
    private static string Scheme(ListenerReport listener) => listener.Protocol.ToLowerInvariant();
}
