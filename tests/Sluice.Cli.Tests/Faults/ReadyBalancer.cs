using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Cli.Tests.Faults;

/// <summary>Stands for a Service: each connection goes to one of the proxies that say that they are ready, whatever it carries.</summary>
internal sealed class ReadyBalancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<IPEndPoint, bool> _ready = new();
    private readonly List<Task> _running = [];
    private int _next;

    /// <param name="proxies">Where each serves, and where it answers probes.</param>
    public ReadyBalancer(IReadOnlyList<(IPEndPoint Traffic, IPEndPoint Probes)> proxies)
    {
        _listener.Start();
        foreach (var (traffic, probes) in proxies)
            _running.Add(LookAsync(traffic, probes));
        _running.Add(AcceptAsync());
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Waits until that many proxies are ready.</summary>
    public async Task WaitAsync(int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Support.SluiceProcess.Patience);
        while (_ready.Count(proxy => proxy.Value) != count)
            await Task.Delay(10, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    // As the probes of a cluster, only more often.
    private async Task LookAsync(IPEndPoint traffic, IPEndPoint probes)
    {
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, ConnectTimeout = TimeSpan.FromSeconds(5) });
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{probes}/readyz"), _stop.Token);
                _ready[traffic] = answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                _ready[traffic] = false;
            }
            await Task.Delay(10, _stop.Token);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        {
            if (await ConnectAsync() is not { } proxy)
                return;
            using (proxy)
                await Task.WhenAll(CopyAsync(client.Client, proxy.Client), CopyAsync(proxy.Client, client.Client)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var ready = _ready.Where(proxy => proxy.Value).Select(proxy => proxy.Key).ToArray();
            if (ready.Length > 0)
            {
                var proxy = new TcpClient { NoDelay = true };
                try
                {
                    await proxy.ConnectAsync(ready[Interlocked.Increment(ref _next) % ready.Length], _stop.Token);
                    return proxy;
                }
                catch (Exception error) when (error is SocketException or OperationCanceledException)
                {
                    proxy.Dispose();
                }
            }
            await Task.Delay(5);
        }
        return null;
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
                await to.SendAsync(buffer.AsMemory(0, read));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is cut: so is the other.
            from.Close();
            to.Close();
        }
    }
}
