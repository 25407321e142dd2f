using System.Collections.Concurrent;
using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Local;
using Sluice.Proxy.Runtime;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy;

/// <summary>
/// The data plane: workers that serve the configurations of one or more Gateways. Changes are made one at a time, built here,
/// and swapped in on every worker; requests in flight finish with what they began with.
/// </summary>
public sealed class ProxyServer : IAsyncDisposable
{
    /// <summary>Fewest bytes of the token that <see cref="SetExplainToken"/> takes.</summary>
    public const int MinExplainToken = 16;

    /// <summary>Milliseconds between two looks at whether everything is drained.</summary>
    private const int DrainStep = 50;

    /// <summary>Looks for which an idle connection is kept while draining: a request may be on its way on it.</summary>
    private const int DrainGraceSteps = 5;

    private readonly WorkerHost[] _hosts;
    private readonly ConnectionCount _connections;
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly ConcurrentDictionary<string, RuntimeGateway> _gateways = new(StringComparer.Ordinal);
    private readonly List<BoundPort> _localPorts = [];
    private readonly NameResolver _resolver;
    private readonly SessionKey _sessionKey;
    private readonly TelemetryOutputs _outputs;
    private readonly ListenerMetricsBook _listenerMetrics;
    private readonly MetricsDetail _detail;
    private readonly ExplainToken _explainToken = new();
    private readonly JwksFetcher _keyFetcher;
    private readonly FilterParts _filters;
    private bool _disposed;

    /// <summary>Starts the workers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit or the number of workers is out of range.</exception>
    public ProxyServer(ProxyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        options.Limits.Validate();
        _detail = options.MetricsDetail;
        _listenerMetrics = new ListenerMetricsBook(options.Workers);
        _sessionKey = options.SessionKey ?? SessionKey.Random();
        _outputs = new TelemetryOutputs(message => TelemetryReported?.Invoke(message), options.Version);
        _keyFetcher = new JwksFetcher(name => _gateways.Values.Select(gateway => gateway.FindCluster(name)).FirstOrDefault(cluster => cluster is not null));
        _filters = new FilterParts(new KeySources(_keyFetcher, options.Clock, message => PolicyReported?.Invoke(message)));
        _connections = new ConnectionCount(options.Limits.Connections);
        _hosts = new WorkerHost[options.Workers];
        for (var i = 0; i < _hosts.Length; i++)
            _hosts[i] = new WorkerHost(i, options, _explainToken, _connections, fault => Faulted?.Invoke(fault));
        _resolver = new NameResolver(RefreshAsync);
        foreach (var host in _hosts)
            host.Worker.Start();
    }

    /// <summary>A defect was caught on a worker; it cost one connection. For the log.</summary>
    public event Action<Exception>? Faulted;

    /// <summary>An output of access logs or spans fails, or works again; said once, not for every line. From any thread.</summary>
    public event Action<string>? TelemetryReported;

    /// <summary>Something that policies need from elsewhere cannot be had, such as the keys of tokens. From any thread.</summary>
    public event Action<string>? PolicyReported;

    /// <summary>Whether access logs are written to files, so that <see cref="ReopenLogs"/> has something to do.</summary>
    public bool HasLogFiles => _outputs.HasFiles;

    /// <summary>Opens the files of access logs anew, as after they were moved away (log rotation).</summary>
    public void ReopenLogs() => _outputs.Reopen();

    /// <summary>Puts a Gateway's configuration in force, in place of the one before. Completes when every worker serves it.</summary>
    public async Task<ApplyResult> ApplyAsync(ProxyConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_gateways.TryGetValue(configuration.Gateway, out var gateway))
                _gateways[configuration.Gateway] = gateway = new RuntimeGateway(configuration.Gateway, _hosts, _sessionKey, _filters, _listenerMetrics, new GatewayTelemetry(configuration.Gateway, _hosts.Length, _outputs));
            return await gateway.ApplyAsync(configuration, _resolver).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Stops serving a Gateway.</summary>
    public async Task RemoveAsync(string gateway)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_disposed && _gateways.TryRemove(gateway, out var removed))
                await removed.RemoveAsync(_resolver).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Serves a handler on an address of its own, over HTTP/1.1 and HTTP/2.</summary>
    /// <param name="endPoint">Port 0 takes a free port.</param>
    /// <param name="handler">Gets every request.</param>
    /// <param name="tls">The certificate to show; null: cleartext.</param>
    /// <returns>The address that was bound.</returns>
    /// <exception cref="IOException">The address cannot be bound.</exception>
    public async Task<IPEndPoint> ListenLocalAsync(IPEndPoint endPoint, ILocalHandler handler, LocalTls? tls = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(handler);
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var port = BoundPort.TryOpen(endPoint, _hosts[..1], handler, out var error) ?? throw new IOException($"{endPoint}: {error}");
            _localPorts.Add(port);
            await port.StartAsync(tls?.Table).ConfigureAwait(false);
            return port.EndPoint;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>
    /// Explains live responses, in their field x-sluice-explanation, to requests that show this token in x-sluice-explain; in place of the
    /// token before.
    /// </summary>
    /// <param name="token">At least <see cref="MinExplainToken"/> bytes, without spaces around it; empty: nothing is explained.</param>
    /// <exception cref="ArgumentException">The token is too short.</exception>
    public void SetExplainToken(ReadOnlySpan<byte> token)
    {
        if (token.Length is > 0 and < MinExplainToken)
            throw new ArgumentException($"a token has at least {MinExplainToken} bytes", nameof(token));
        _explainToken.Set(token);
    }

    /// <summary>Managed bytes that the workers have allocated so far: what the fast lane must not add to.</summary>
    internal async Task<long> AllocatedBytesAsync()
    {
        long sum = 0;
        foreach (var host in _hosts)
            await host.Worker.InvokeAsync(() => sum += GC.GetAllocatedBytesForCurrentThread()).ConfigureAwait(false);
        return sum;
    }

    /// <summary>Requests in flight and unused connections at the endpoints in force, as the pools count them.</summary>
    internal async Task<(int Active, int Idle)> UpstreamCountsAsync()
    {
        var (active, idle) = (0, 0);
        foreach (var host in _hosts)
        {
            await host.Worker.InvokeAsync(() =>
            {
                foreach (var cluster in _gateways.Values.SelectMany(gateway => gateway.Clusters))
                {
                    foreach (var endpoint in cluster.For(host.Worker).Endpoints)
                        (active, idle) = (active + endpoint.ActiveRequests, idle + endpoint.IdleCount);
                }
            }).ConfigureAwait(false);
        }

        return (active, idle);
    }

    /// <summary>Prometheus text of the data plane's own metrics.</summary>
    public void WriteMetrics(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var gateways = GatewaysByName();
        ListenerMetrics[] listeners = [.. gateways.SelectMany(gateway => gateway.Metrics).Where(listener => listener.IsNamed)];
        var metrics = new MetricsWriter(writer, [.. _hosts.Select(host => host.Services.Metrics)]);
        metrics.Write(_listenerMetrics.HasOthers ? [.. listeners, _listenerMetrics.Others] : listeners, _detail != MetricsDetail.Off);
        metrics.WriteTelemetry([.. gateways.Select(gateway => gateway.Telemetry)], _outputs.Exporters);
        metrics.WriteUpstreams(gateways.SelectMany(gateway => gateway.Clusters));
        if (_detail == MetricsDetail.Route)
            metrics.WriteRules(RuleMetrics(gateways));
    }

    /// <summary>What rules of routes have served since their first request, by Gateway, listener and route; null when that is not counted.</summary>
    public IReadOnlyList<RuleTraffic>? ReadTraffic() =>
        _detail == MetricsDetail.Off ? null : [.. RuleMetrics(GatewaysByName()).Select(RuleTraffic.Of)];

    private RuntimeGateway[] GatewaysByName() => [.. _gateways.Values.OrderBy(gateway => gateway.Name, StringComparer.Ordinal)];

    /// <summary>Rules that are gone are left out, unless a change is just being made: then they go the next time.</summary>
    private List<RuleMetrics> RuleMetrics(RuntimeGateway[] gateways)
    {
        // Never waited for: workers read metrics, and a change waits for workers.
        if (_changes.Wait(0))
        {
            try
            {
                foreach (var gateway in gateways)
                    gateway.PruneRules();
            }
            finally
            {
                _changes.Release();
            }
        }

        return
        [
            .. gateways.SelectMany(gateway => gateway.RuleMetrics)
                .OrderBy(rule => rule.Gateway, StringComparer.Ordinal)
                .ThenBy(rule => rule.Key.Listener, StringComparer.Ordinal)
                .ThenBy(rule => rule.Key.Route, StringComparer.Ordinal)
                .ThenBy(rule => rule.Key.Rule, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Says Connection: close on every response, finishes what is in flight, and stops listening; what is not finished after
    /// <paramref name="timeout"/> is cut. The handlers of <see cref="ListenLocalAsync"/> go on.
    /// </summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_disposed)
                return;
            foreach (var host in _hosts)
                await host.Worker.InvokeAsync(() => host.Services.IsDraining = true).ConfigureAwait(false);
            foreach (var gateway in _gateways.Values)
                await gateway.StopListeningAsync().ConfigureAwait(false);

            var deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            for (var step = 0; ; step++)
            {
                var cut = Environment.TickCount64 >= deadline;
                var open = 0;
                foreach (var host in _hosts)
                    await host.Worker.InvokeAsync(() => open += host.Drain(closeIdle: cut || step >= DrainGraceSteps, cut)).ConfigureAwait(false);
                if (open == 0 || cut)
                    return;
                await Task.Delay(DrainStep).ConfigureAwait(false);
            }
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Stops the workers; open connections are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_disposed)
                return;
            _disposed = true;
            _resolver.Dispose();
            foreach (var host in _hosts)
                await host.Worker.InvokeAsync(() => CutAll(host)).ConfigureAwait(false);
            foreach (var host in _hosts)
                host.Worker.Stop();
            foreach (var host in _hosts)
            {
                host.Worker.Join();
                host.Worker.Dispose();
                host.Services.Datagrams.Dispose();
            }

            await Task.Run(_outputs.Dispose).ConfigureAwait(false);
            _filters.Dispose();
            _keyFetcher.Dispose();
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>What was cut is told of too.</summary>
    private void CutAll(WorkerHost host)
    {
        host.CutAll();
        foreach (var gateway in _gateways.Values)
            gateway.Telemetry.Flush(host.Worker);
    }

    private async Task RefreshAsync(RuntimeCluster cluster)
    {
        // As every change: otherwise it could put back what a configuration that is just being applied replaces.
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_disposed)
                return;
            cluster.Update(cluster.Configuration, _resolver.Known(cluster.Configuration));
            foreach (var host in _hosts)
                await host.Worker.InvokeAsync(() => cluster.Refresh(host.Worker)).ConfigureAwait(false);
        }
        finally
        {
            _changes.Release();
        }
    }
}
