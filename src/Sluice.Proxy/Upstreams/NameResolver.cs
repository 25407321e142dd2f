using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;

namespace Sluice.Proxy.Upstreams;

/// <summary>
/// Addresses of endpoints that are DNS names (ExternalName Services). Names are looked up before a configuration is put in
/// force, for a second at the most, and again every 30 seconds; a failed look-up keeps the last answer.
/// </summary>
internal sealed class NameResolver : IDisposable
{
    private static readonly TimeSpan FirstLookup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Func<RuntimeCluster, Task> _refresh;
    private readonly Dictionary<string, IPAddress[]> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RuntimeCluster[]> _watched = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;

    /// <param name="refresh">Puts what is <see cref="Known"/> about a cluster's names in force.</param>
    public NameResolver(Func<RuntimeCluster, Task> refresh) => _refresh = refresh;

    /// <summary>What is known now about the names of a cluster.</summary>
    public IReadOnlyList<IPEndPoint> Known(Cluster cluster)
    {
        lock (_lock)
        {
            return
            [
                .. cluster.Endpoints.Where(endpoint => IsName(endpoint.Address))
                    .SelectMany(endpoint => _answers.GetValueOrDefault(endpoint.Address, []).Select(address => new IPEndPoint(address, endpoint.Port))),
            ];
        }
    }

    /// <summary>Looks up names that were not seen before.</summary>
    public async Task LearnAsync(IReadOnlyList<Cluster> clusters)
    {
        List<string>? unknown = null;
        foreach (var cluster in clusters)
        {
            for (var i = 0; i < cluster.Endpoints.Count; i++)
            {
                var address = cluster.Endpoints[i].Address;
                if (!MayBeName(address) || !IsName(address))
                    continue;
                lock (_lock)
                {
                    if (!_answers.ContainsKey(address))
                        (unknown ??= []).Add(address);
                }
            }
        }

        if (unknown is not null)
            await Task.WhenAll(unknown.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => LookUpAsync(name, FirstLookup))).ConfigureAwait(false);
    }

    /// <summary>Keeps the names of a Gateway's clusters up to date.</summary>
    /// <param name="gateway">Whose they are.</param>
    /// <param name="clusters">Those that have names.</param>
    public void Watch(string gateway, IEnumerable<RuntimeCluster> clusters)
    {
        RuntimeCluster[] named = [.. clusters];
        lock (_lock)
        {
            _watched[gateway] = named;
            if (named.Length > 0)
                _loop ??= Task.Run(LoopAsync);
        }
    }

    public void Forget(string gateway)
    {
        lock (_lock)
            _watched.Remove(gateway);
    }

    public void Dispose() => _stop.Cancel();

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                RuntimeCluster[] clusters;
                lock (_lock)
                    clusters = [.. _watched.Values.SelectMany(watched => watched)];
                var names = clusters.SelectMany(cluster => cluster.NamedEndpoints).Select(endpoint => endpoint.Address).Distinct(StringComparer.OrdinalIgnoreCase);
                await Task.WhenAll(names.Select(name => LookUpAsync(name, Interval))).ConfigureAwait(false);
                foreach (var cluster in clusters)
                    await _refresh(cluster).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The proxy stops.
        }
    }

    private async Task LookUpAsync(string name, TimeSpan patience)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(name, _stop.Token).WaitAsync(patience, _stop.Token).ConfigureAwait(false);
            lock (_lock)
                _answers[name] = addresses;
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or ArgumentException)
        {
            // Unknown, too slow, or no possible name. The last answer stays; without one the cluster has no endpoints and answers 503.
        }
    }

    /// <summary>Cheap test first: an IPv4 literal begins with a digit and ends with one, an IPv6 literal holds a colon.</summary>
    private static bool MayBeName(string address) => !char.IsAsciiDigit(address[^1]) || !char.IsAsciiDigit(address[0]);

    private static bool IsName(string address) => !IPAddress.TryParse(address, out _);
}
