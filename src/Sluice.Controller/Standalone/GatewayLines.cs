using Sluice.Controller.Publishing;
using Sluice.Controller.Reports;

namespace Sluice.Controller.Standalone;

/// <summary>Says where a Gateway is served: a line for it and one for each listener.</summary>
internal static class GatewayLines
{
    public static IEnumerable<(string Gateway, string Lines)> Of(ControllerState state)
    {
        foreach (var gateway in new StatusReportBuilder(state.Snapshot, state.Translation, state.Gateways, state.ListenerSets).Gateways())
        {
            var name = $"{gateway.Namespace}/{gateway.Name}";
            var listeners = gateway.Listeners.Select(listener => $"\n  {Place(gateway, listener)}  {listener.Hostname}  {Count(listener.AttachedRoutes, "route")}  (listener {listener.Name})");
            yield return (name, $"Gateway {name}{string.Concat(listeners)}");
        }
    }

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
