using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// One Gateway in force: its ports, listeners and clusters. Changes are built off the workers; then each worker takes all of it
/// over in one step, so that no request sees a route without its backends.
/// </summary>
internal sealed class RuntimeGateway(string name, WorkerHost[] hosts, SessionKey sessionKey)
{
    private readonly ClusterSet _clusters = new(hosts.Length);
    private readonly GatewayTls _tls = new(name);
    private Dictionary<string, RuntimeListener> _listeners = new(StringComparer.Ordinal);
    private Dictionary<string, ListenerMetrics> _metrics = new(StringComparer.Ordinal);
    private Dictionary<PortKey, IBoundPort> _ports = [];
    private Dictionary<PortKey, PortTable> _tables = [];
    private IReadOnlyList<Cluster> _configuredClusters = [];

    public string Name { get; } = name;

    public IEnumerable<RuntimeCluster> Clusters => _clusters.Clusters.OfType<RuntimeCluster>();

    public IEnumerable<ListenerMetrics> Metrics => _metrics.Values;

    public async Task<ApplyResult> ApplyAsync(ProxyConfiguration configuration, NameResolver resolver)
    {
        var newer = NewerClusters(configuration.Clusters);
        var errors = ConfigurationCheck.Find(configuration, newer);
        if (errors.Count > 0)
            return new ApplyResult(false, errors);
        var (changed, removedClusters) = await UpdateClustersAsync(configuration.Clusters, newer, resolver).ConfigureAwait(false);

        var compiler = new RouteCompiler(_clusters.IdOf, sessionKey);
        var listeners = new Dictionary<string, RuntimeListener>(StringComparer.Ordinal);
        var metrics = new Dictionary<string, ListenerMetrics>(StringComparer.Ordinal);
        var warnings = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var listener in configuration.Listeners)
        {
            var compiled = compiler.Compile(listener, _listeners.GetValueOrDefault(listener.Name));
            metrics[listener.Name] = compiled.Metrics = _metrics.GetValueOrDefault(listener.Name) ?? new ListenerMetrics(Name, listener.Name, hosts.Length);
            compiled.Metrics.Protocol = listener.Protocol;
            listeners[listener.Name] = compiled;
            warnings.UnionWith(compiled.Problems);
        }

        _tls.Prepare(listeners, _listeners, errors, warnings);
        foreach (var cluster in _clusters.Troubled)
            warnings.Add($"cluster {cluster.Name}: {cluster.TlsProblem}; requests for it are answered with 503");

        var (ports, tables, opened) = OpenPorts(configuration, listeners, errors);
        var closed = _ports.Where(port => !ports.ContainsKey(port.Key)).Select(port => port.Value).ToArray();
        await OnEveryWorkerAsync(worker =>
        {
            // Backends first, then the routes that lead to them.
            foreach (var cluster in changed)
                cluster.Refresh(hosts[worker].Worker);
            foreach (var (key, port) in ports)
            {
                if (opened.Contains(port))
                    port.Start(worker, tables[key]);
                else
                    port.Swap(worker, tables[key]);
            }

            foreach (var port in closed)
                port.Remove(worker);
            foreach (var cluster in removedClusters)
                cluster.Remove(hosts[worker].Worker);
        }).ConfigureAwait(false);

        _ports = ports;
        _tables = tables;
        _listeners = listeners;
        _metrics = metrics;
        return new ApplyResult(true, errors) { Warnings = [.. warnings] };
    }

    public async Task RemoveAsync(NameResolver resolver)
    {
        resolver.Forget(Name);
        await OnEveryWorkerAsync(worker =>
        {
            foreach (var port in _ports.Values)
                port.Remove(worker);
            foreach (var cluster in _clusters.Clusters)
                cluster?.Remove(hosts[worker].Worker);
        }).ConfigureAwait(false);
        _ports = [];
    }

    public Task StopListeningAsync() => OnEveryWorkerAsync(worker =>
    {
        foreach (var port in _ports.Values)
            port.StopListening(worker);
    });

    // Thousands of clusters, while it is mostly routes and certificates that change: the same list means the same clusters.
    private async Task<(List<RuntimeCluster> Changed, List<RuntimeCluster> Removed)> UpdateClustersAsync(
        IReadOnlyList<Cluster> clusters, List<Cluster> newer, NameResolver resolver)
    {
        if (ReferenceEquals(clusters, _configuredClusters))
            return ([], []);
        await resolver.LearnAsync(newer).ConfigureAwait(false);
        var changes = _clusters.Update(clusters, resolver);
        resolver.Watch(Name, _clusters.Named);
        _configuredClusters = clusters;
        return changes;
    }

    /// <summary>Those that are not what they were in force: of thousands, the others are not even looked at.</summary>
    private List<Cluster> NewerClusters(IReadOnlyList<Cluster> clusters)
    {
        var newer = new List<Cluster>();
        for (var i = 0; i < clusters.Count; i++)
        {
            if (i >= _configuredClusters.Count || !ReferenceEquals(clusters[i], _configuredClusters[i]))
                newer.Add(clusters[i]);
        }

        return newer;
    }

    private (Dictionary<PortKey, IBoundPort> Ports, Dictionary<PortKey, PortTable> Tables, HashSet<IBoundPort> Opened) OpenPorts(
        ProxyConfiguration configuration, Dictionary<string, RuntimeListener> listeners, List<ApplyError> errors)
    {
        var ports = new Dictionary<PortKey, IBoundPort>();
        var tables = new Dictionary<PortKey, PortTable>();
        var opened = new HashSet<IBoundPort>();
        foreach (var group in configuration.Listeners.GroupBy(listener => (Port: listener.BindPort, IsUdp: PortKey.IsUdpOf(listener))))
        {
            var previous = _tables.FirstOrDefault(port => port.Key.IsUdp == group.Key.IsUdp && port.Key.EndPoint.Port == group.Key.Port).Value;
            var table = new PortTable(ListenerTable.Create([.. group.Select(listener => listeners[listener.Name])], previous?.Listeners), _clusters.Clusters);
            foreach (var address in configuration.Addresses.Distinct(StringComparer.Ordinal))
            {
                string? error = null;
                if (!IPAddress.TryParse(address, out var parsed))
                {
                    error = $"\"{address}\" is no IP address";
                }
                else
                {
                    var key = new PortKey(group.Key.IsUdp, new IPEndPoint(parsed, group.Key.Port));
                    if (!_ports.TryGetValue(key, out var port))
                    {
                        port = key.IsUdp ? BoundUdpPort.TryOpen(key.EndPoint, hosts, out error) : BoundPort.TryOpen(key.EndPoint, hosts, null, out error);
                        if (port is not null)
                            opened.Add(port);
                    }

                    if (port is not null)
                    {
                        ports[key] = port;
                        tables[key] = table;
                    }
                }

                if (error is not null)
                    errors.AddRange(group.Select(listener => new ApplyError(listener.Name, error, ApplyErrorReason.PortUnavailable)));
            }
        }

        return (ports, tables, opened);
    }

    private async Task OnEveryWorkerAsync(Action<int> action)
    {
        var tasks = new Task[hosts.Length];
        for (var i = 0; i < hosts.Length; i++)
        {
            var index = i;
            tasks[i] = hosts[i].Worker.InvokeAsync(() => action(index));
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);
    }
}
