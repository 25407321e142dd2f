using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer;
using Sluice.Exporter.Serving;
using Sluice.Kubernetes.Access;
using Sluice.Proxy;

namespace Sluice.Exporter.Tests.Support;

/// <summary>A real API server in this process, behind a handler that can fail, and the exporters that read it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly KubernetesApi _api = KubernetesApi.Start();
    private readonly List<StateExporter> _exporters = [];
    private ProxyServer _server = new(new ProxyOptions { Workers = 1 });
    private IPEndPoint _endPoint = new(IPAddress.Loopback, 0);

    private TestCluster() => Api = new FaultyHandler(_api.Handler);

    public FaultyHandler Api { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<TestCluster> StartAsync()
    {
        var cluster = new TestCluster();
        await cluster.ListenAsync();
        return cluster;
    }

    public ClusterAccess Access => new() { Server = new Uri($"http://{_endPoint}") };

    public async Task<StateExporter> ExporterAsync(Func<ExporterOptions, ExporterOptions>? change = null)
    {
        var options = new ExporterOptions { Access = Access, EndPoint = new IPEndPoint(IPAddress.Loopback, 0), ScrapeTimeout = TimeSpan.FromSeconds(60), Version = "1.2.3" };
        var exporter = await StateExporter.StartAsync(change?.Invoke(options) ?? options);
        _exporters.Add(exporter);
        return exporter;
    }

    /// <summary>Creates the objects, with their statuses.</summary>
    public async Task CreateAsync(string yaml)
    {
        foreach (var item in Rendered.Manifest(yaml, withDefaults: false))
        {
            var schema = Sluice.Resources.Schemas.KindSchemas.Find(((string)item["apiVersion"]!).Split('/')[0], (string)item["kind"]!)!;
            var collection = $"/apis/{item["apiVersion"]}{(schema.Namespaced ? "/namespaces/" + ((string?)item["metadata"]!["namespace"] ?? "default") : "")}/{schema.Plural}";
            var status = item["status"]?.DeepClone();
            var created = await SendAsync(HttpMethod.Post, collection, item);
            if (status is null)
                continue;
            created["status"] = status;
            await SendAsync(HttpMethod.Put, $"{collection}/{item["metadata"]!["name"]}/status", created);
        }
    }

    public Task DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Nothing answers any more.</summary>
    public async Task StopApiAsync() => await _server.DisposeAsync();

    /// <summary>The same objects are there again, at the same address.</summary>
    public async Task RestartApiAsync()
    {
        _server = new ProxyServer(new ProxyOptions { Workers = 1 });
        await ListenAsync();
    }

    /// <summary>All samples that an exporter serves, by a strict parser.</summary>
    public async Task<IReadOnlyList<ParsedSample>> ScrapeAsync(StateExporter exporter) =>
        [.. StrictParser.Text(await Client.GetByteArrayAsync(new Uri($"http://{exporter.EndPoint}/metrics"), TestContext.Current.CancellationToken)).SelectMany(family => family.Samples)];

    /// <summary>Scrapes until the samples are as wanted.</summary>
    public async Task<IReadOnlyList<ParsedSample>> ScrapeUntilAsync(StateExporter exporter, Func<IReadOnlyList<ParsedSample>, bool> wanted)
    {
        for (var i = 0; ; i++)
        {
            var samples = await ScrapeAsync(exporter);
            if (wanted(samples))
                return samples;
            Assert.True(i < 1200, $"not as wanted after a minute: {string.Join('\n', samples)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var exporter in _exporters)
            await exporter.DisposeAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        await _api.DisposeAsync();
    }

    private async Task ListenAsync() => _endPoint = await _server.ListenLocalAsync(_endPoint, Api);

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(Access.Server, path));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
