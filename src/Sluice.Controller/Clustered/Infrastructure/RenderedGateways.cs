using Sluice.Controller.Publishing;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Infrastructure;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>
/// What is wanted for each Gateway, kept for as long as what it depends on stays the same. A Gateway that is not accepted keeps what
/// it had: a mistake in its spec takes nothing down.
/// </summary>
/// <param name="render">Makes it: of the Gateway, its ports, and the state. Null leaves what is there.</param>
internal sealed class RenderedGateways(Func<Gateway, IReadOnlyList<ServicePort>, ControllerState, WantedInfrastructure?> render)
{
    private Dictionary<NamespacedName, (Gateway Gateway, IReadOnlyList<ServicePort> Ports, object Parameters, WantedInfrastructure? Wanted)> _known = [];

    /// <param name="state">What is in force.</param>
    /// <param name="parameters">Whatever else the rendering depends on, by identity.</param>
    public Dictionary<NamespacedName, WantedInfrastructure> Of(ControllerState state, object parameters)
    {
        var wanted = new Dictionary<NamespacedName, WantedInfrastructure>();
        var known = new Dictionary<NamespacedName, (Gateway, IReadOnlyList<ServicePort>, object, WantedInfrastructure?)>();
        foreach (var (key, status) in state.Gateways)
        {
            if (!state.Snapshot.Gateways.TryGetValue(key, out var gateway))
                continue;
            var had = _known.TryGetValue(key, out var before) && before.Gateway.Metadata.Uid == gateway.Metadata.Uid;
            var entry = had ? before : (gateway, [], parameters, null);
            var ports = PortsOf(gateway, status, state);
            if (IsAccepted(status.Conditions) && !(had && ReferenceEquals(before.Gateway, gateway) && ReferenceEquals(before.Parameters, parameters) && before.Ports.SequenceEqual(ports)))
                entry = (gateway, ports, parameters, render(gateway, ports, state) ?? entry.Wanted);
            known.Add(key, entry);
            if (entry.Wanted is { } infrastructure)
                wanted.Add(key, infrastructure);
        }
        _known = known;
        return wanted;
    }

    private static IReadOnlyList<ServicePort> PortsOf(Gateway gateway, GatewayStatus status, ControllerState state)
    {
        var listeners = Accepted(gateway.Listeners, status.Listeners);
        foreach (var set in state.Translation.ListenerSetsOf.GetValueOrDefault(gateway.Key, []))
            listeners = listeners.Concat(Accepted(state.Snapshot.ListenerSets[set].Listeners, state.ListenerSets[set].Listeners));
        return GatewayServicePorts.Of(listeners);
    }

    private static IEnumerable<(int Port, string Protocol)> Accepted(IReadOnlyList<GatewayListener> listeners, IReadOnlyList<ListenerStatus> statuses)
    {
        var accepted = statuses.Where(status => IsAccepted(status.Conditions)).Select(status => status.Name).ToHashSet(StringComparer.Ordinal);
        return listeners.Where(listener => accepted.Contains(listener.Name)).Select(listener => (listener.Port, listener.Protocol));
    }

    private static bool IsAccepted(IReadOnlyList<Condition> conditions) => conditions.Any(condition => condition is { Type: "Accepted", Status: true });
}
