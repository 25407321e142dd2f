using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Runtime;

/// <summary>The ports of one Gateway, and what is served on each.</summary>
internal sealed class GatewayPorts(WorkerHost[] hosts)
{
    private Dictionary<PortKey, IBoundPort> _ports = [];
    private Dictionary<(int Port, bool IsUdp), PortListeners> _listeners = [];
    private IReadOnlyList<string> _addresses = [];
    private bool _isComplete;

    public IReadOnlyCollection<IBoundPort> Open => _ports.Values;

    /// <summary>Opens what is new and builds what is served; nothing of it is in force before <see cref="PortChanges"/> are put to the workers.</summary>
    /// <param name="configuration">To be put in force.</param>
    /// <param name="listeners">Built from it, in its order.</param>
    /// <param name="changed">From <see cref="ListenerChanges"/>.</param>
    /// <param name="clusters">That backends are numbered by.</param>
    /// <param name="errors">Gets the ports that cannot be had.</param>
    public PortChanges Update(ProxyConfiguration configuration, RuntimeListener[] listeners, List<int>? changed, RuntimeCluster?[] clusters, List<ApplyError> errors)
    {
        var changes = new PortChanges();

        // A port that could not be had is asked for again each time.
        var isSame = changed is not null && _isComplete && _addresses.SequenceEqual(configuration.Addresses, StringComparer.Ordinal);
        _listeners = isSame ? Replace(listeners, changed!, clusters) : Group(configuration.Listeners, listeners, clusters);
        if (!isSame)
        {
            var known = errors.Count;
            var ports = OpenAll(configuration, changes, errors);
            _isComplete = errors.Count == known;
            _addresses = configuration.Addresses;
            changes.Closed.AddRange(_ports.Where(port => !ports.ContainsKey(port.Key)).Select(port => port.Value));
            _ports = ports;
        }

        foreach (var (key, port) in _ports)
        {
            if (!changes.Opened.Exists(opened => ReferenceEquals(opened.Port, port)))
                changes.Swapped.Add((port, _listeners[(key.EndPoint.Port, key.IsUdp)].Table));
        }

        return changes;
    }

    /// <summary>Forgets all ports, which have been closed.</summary>
    public void Clear()
    {
        _ports = [];
        _isComplete = false;
    }

    private Dictionary<(int Port, bool IsUdp), PortListeners> Replace(RuntimeListener[] listeners, List<int> changed, RuntimeCluster?[] clusters)
    {
        var groups = new Dictionary<(int Port, bool IsUdp), PortListeners>(_listeners.Count);
        foreach (var (key, group) in _listeners)
            groups.Add(key, group.With(listeners, changed, clusters));
        return groups;
    }

    private Dictionary<(int Port, bool IsUdp), PortListeners> Group(IReadOnlyList<Listener> configured, RuntimeListener[] listeners, RuntimeCluster?[] clusters)
    {
        var positions = new Dictionary<(int Port, bool IsUdp), List<int>>();
        for (var i = 0; i < configured.Count; i++)
        {
            var key = (configured[i].BindPort, PortKey.IsUdpOf(configured[i]));
            if (!positions.TryGetValue(key, out var list))
                positions.Add(key, list = []);
            list.Add(i);
        }

        return positions.ToDictionary(
            group => group.Key,
            group => PortListeners.Create([.. group.Value], listeners, _listeners.GetValueOrDefault(group.Key), clusters));
    }

    private Dictionary<PortKey, IBoundPort> OpenAll(ProxyConfiguration configuration, PortChanges changes, List<ApplyError> errors)
    {
        var ports = new Dictionary<PortKey, IBoundPort>();
        foreach (var ((number, isUdp), group) in _listeners)
        {
            foreach (var address in configuration.Addresses.Distinct(StringComparer.Ordinal))
            {
                if (!IPAddress.TryParse(address, out var parsed))
                {
                    Refuse($"\"{address}\" is no IP address");
                    continue;
                }

                var key = new PortKey(isUdp, new IPEndPoint(parsed, number));
                if (!_ports.TryGetValue(key, out var port))
                {
                    port = isUdp ? BoundUdpPort.TryOpen(key.EndPoint, hosts, out var error) : BoundPort.TryOpen(key.EndPoint, hosts, null, out error);
                    if (port is null)
                    {
                        Refuse(error!);
                        continue;
                    }

                    changes.Opened.Add((port, group.Table));
                }

                ports[key] = port;
            }

            void Refuse(string error) => errors.AddRange(group.Positions.Select(position => new ApplyError(configuration.Listeners[position].Name, error, ApplyErrorReason.PortUnavailable)));
        }

        return ports;
    }
}
