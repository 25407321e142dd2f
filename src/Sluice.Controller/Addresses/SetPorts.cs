using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Addresses;

/// <summary>
/// The ports that ListenerSets ask for on their Gateways. Labels of namespaces are not looked at: a set that may be allowed counts.
/// </summary>
internal sealed class SetPorts
{
    private readonly Dictionary<NamespacedName, HashSet<int>> _ports = [];

    public SetPorts(ResourceSnapshot snapshot)
    {
        foreach (var set in snapshot.ListenerSets.Values)
        {
            if (set.Gateway is not { } key || !snapshot.Gateways.TryGetValue(key, out var gateway) || !MayAllow(gateway, set))
                continue;
            if (!_ports.TryGetValue(key, out var ports))
                _ports.Add(key, ports = []);
            ports.UnionWith(set.Listeners.Select(listener => listener.Port));
        }
    }

    /// <summary>The Gateway's own ports, then those of its sets.</summary>
    public IReadOnlyList<int> With(Gateway gateway) =>
        _ports.TryGetValue(gateway.Key, out var ports) ? [.. AddressLease.PortsOf(gateway).Union(ports.Order())] : AddressLease.PortsOf(gateway);

    private static bool MayAllow(Gateway gateway, ListenerSet set) => gateway.AllowedListeners.From switch
    {
        FromNamespaces.None => false,
        FromNamespaces.Same => set.Metadata.Namespace == gateway.Metadata.Namespace,
        _ => true,
    };
}
