using Sluice.Configuration;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// One Gateway in force: its ports, listeners and clusters. Changes are built off the workers; then each worker takes all of it
/// over in one step, so that no request sees a route without its backends.
/// </summary>
internal sealed class RuntimeGateway(string name, WorkerHost[] hosts, SessionKey sessionKey, FilterParts filters, ListenerMetricsBook metrics, GatewayTelemetry telemetry)
{
    private readonly ClusterSet _clusters = new(hosts.Length);
    private readonly GatewayListeners _listeners = new(name, hosts.Length, metrics, telemetry);
    private readonly GatewayPorts _ports = new(hosts);
    private IReadOnlyList<Listener>? _configuredListeners;
    private IReadOnlyList<Cluster> _configuredClusters = [];

    public string Name { get; } = name;

    public IEnumerable<RuntimeCluster> Clusters => _clusters.Clusters.OfType<RuntimeCluster>();

    public GatewayTelemetry Telemetry => telemetry;

    /// <summary>From any thread.</summary>
    public RuntimeCluster? FindCluster(string name) => Array.Find(_clusters.Clusters, cluster => cluster?.Name == name);

    public IEnumerable<ListenerMetrics> Metrics => _listeners.Current.Select(listener => listener.Metrics!);

    /// <summary>Rules that have had requests.</summary>
    public IEnumerable<RuleMetrics> RuleMetrics => _listeners.Rules.All;

    /// <summary>Drops counters of rules that are gone. Not while a change is put in force.</summary>
    public void PruneRules() => _listeners.Rules.Prune(_listeners.Current);

    public async Task<ApplyResult> ApplyAsync(ProxyConfiguration configuration, NameResolver resolver)
    {
        var newer = NewerClusters(configuration.Clusters);
        var changed = ListenerChanges.Between(_configuredListeners, configuration.Listeners);
        var errors = changed is null ? ConfigurationCheck.FindInListeners(configuration.Listeners) : [];
        errors.AddRange(ConfigurationCheck.FindInClusters(newer));
        if (errors.Count > 0)
            return new ApplyResult(false, errors);
        var (changedClusters, removedClusters) = await UpdateClustersAsync(configuration.Clusters, newer, resolver).ConfigureAwait(false);

        var warnings = new SortedSet<string>(StringComparer.Ordinal);
        _configuredListeners = null; // Until all is in force: after a failure every listener is looked at again.
        _listeners.Update(configuration.Listeners, changed, new RouteCompiler(_clusters.IdOf, sessionKey, filters));
        _listeners.Report(errors, warnings);
        foreach (var cluster in _clusters.Troubled)
            warnings.Add($"cluster {cluster.Name}: {cluster.TlsProblem}; requests for it are answered with 503");

        var hasNewTelemetry = telemetry.Update(configuration.Telemetry, warnings);
        var ports = _ports.Update(configuration, _listeners.Current, changed, _clusters.Clusters, errors);
        await OnEveryWorkerAsync(worker =>
        {
            // Backends first, then the routes that lead to them.
            foreach (var cluster in changedClusters)
                cluster.Refresh(hosts[worker].Worker);
            if (hasNewTelemetry)
                telemetry.Apply(hosts[worker].Worker);
            ports.Apply(worker);
            foreach (var cluster in removedClusters)
                cluster.Remove(hosts[worker].Worker);
        }).ConfigureAwait(false);
        _configuredListeners = configuration.Listeners;
        _listeners.Rules.PruneIfGrown(_listeners.Current);
        return new ApplyResult(true, errors) { Warnings = [.. warnings] };
    }

    public async Task RemoveAsync(NameResolver resolver)
    {
        resolver.Forget(Name);
        await OnEveryWorkerAsync(worker =>
        {
            foreach (var port in _ports.Open)
                port.Remove(worker);
            telemetry.Retire(hosts[worker].Worker);
            foreach (var cluster in _clusters.Clusters)
                cluster?.Remove(hosts[worker].Worker);
        }).ConfigureAwait(false);
        _ports.Clear();
        _listeners.Clear();
    }

    public Task StopListeningAsync() => OnEveryWorkerAsync(worker =>
    {
        foreach (var port in _ports.Open)
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
