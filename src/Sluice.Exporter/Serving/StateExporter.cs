using System.Net;
using Sluice.Exporter.Scraping;
using Sluice.Kubernetes.Client;
using Sluice.Proxy;

namespace Sluice.Exporter.Serving;

/// <summary>Serves the state of a cluster's objects as metrics, from the start until it is disposed.</summary>
public sealed class StateExporter : IAsyncDisposable
{
    private readonly ProxyServer _server;
    private readonly KubernetesClient _client;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _background;

    private StateExporter(ProxyServer server, KubernetesClient client, ExporterOptions options)
    {
        (_server, _client) = (server, client);
        var watches = options.Watch ? new WatchSource(client, options.Kinds, options.Limits, options.Clock) : null;
        IStateSource source = watches ?? (IStateSource)new ListSource(client, options.Kinds, options.Limits);
        var scrapes = new SharedScrapes(source, options.Kinds, options.Limits, options.Version, new KindProblems(options.Problem));
        Handler = new ExporterHandler(scrapes, source, options.ScrapeTimeout, options.Limits, options.Token);
        _background = watches?.RunAsync(_end.Token) ?? Task.CompletedTask;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; private set; } = ExporterOptions.DefaultEndPoint;

    private ExporterHandler Handler { get; }

    /// <exception cref="IOException">The address cannot be bound.</exception>
    public static async Task<StateExporter> StartAsync(ExporterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        server.Faulted += options.Faulted;
        var exporter = new StateExporter(server, new KubernetesClient(options.Access), options);
        try
        {
            exporter.EndPoint = await server.ListenLocalAsync(options.EndPoint, exporter.Handler, options.Tls).ConfigureAwait(false);
            return exporter;
        }
        catch
        {
            await exporter.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
        _end.Dispose();
    }
}
