using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Cli.Tests.Faults;
using Sluice.Cli.Tests.Install;
using Sluice.Cli.Tests.Support;
using Sluice.Cli.Tests.Tls;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Cli.Tests.Monitoring;

/// <summary>
/// A Prometheus that scrapes what there is to be scraped: an exporter of an API server full of objects, an exporter whose API server is
/// away, a controller with its proxies, and <c>sluice run</c>, whose traffic and configuration never come to rest.
/// </summary>
public sealed class MonitoredSluice : IAsyncLifetime
{
    private static readonly (string Kind, string Plural)[] Plurals = [("GatewayClass", "gatewayclasses"), ("BackendTLSPolicy", "backendtlspolicies")];

    private readonly ManifestFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly int[] _ports = [FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next()];
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });

    private EchoBackend _echo = null!;
    private Fleet _fleet = null!;
    private RunningSluice _run = null!;
    private SluiceProcess _exporter = null!;
    private SluiceProcess _blindExporter = null!;
    private PrometheusServer _prometheus = null!;
    private Task _traffic = Task.CompletedTask;

    internal PrometheusQueries Queries { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _echo = await EchoBackend.StartAsync("echo", "--quiet", "--tcp", "0", "--udp", "0");
        _fleet = await Fleet.StartAsync(api => new KuadrantApi(api));
        foreach (var manifest in YamlObjects.Read(StateObjects.Manifests).Values)
            await CreateAsync(manifest);
        WriteManifests(0);
        _folder.Write("secret.yaml", _authority.Secret("local", "localhost").Manifest);
        _folder.Write("wrong.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: wrong}\nspec: {hostnames: 7}\n");
        _run = await RunningSluice.StartAsync(_folder.Path, "--metrics-detail", "route");
        _exporter = SluiceProcess.Start("exporter", "--kubeconfig", _fleet.KubeConfig, "--listen", "127.0.0.1:0", "--kuadrant");
        _folder.Write(".kubeconfig", $"{{clusters: [{{name: c, cluster: {{server: 'http://127.0.0.1:{FreePort.Next()}'}}}}], contexts: [{{name: c, context: {{cluster: c}}}}], current-context: c}}");
        _blindExporter = SluiceProcess.Start("exporter", "--kubeconfig", _folder[".kubeconfig"], "--listen", "127.0.0.1:0");
        _prometheus = await PrometheusServer.StartAsync(Configuration(await AddressAsync(_exporter), await AddressAsync(_blindExporter)));
        Queries = new PrometheusQueries(_prometheus.Uri);
        _traffic = KeepBusyAsync();
    }

    /// <summary>Asks until there is an answer with a number: what is scraped only now is there a moment later.</summary>
    internal async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)>> UntilDataAsync(string expression)
    {
        using var patience = new CancellationTokenSource(SluiceProcess.Patience);
        while (true)
        {
            if (await Queries.QueryAsync(expression) is { Count: > 0 } found)
                return found;
            Assert.False(patience.IsCancellationRequested, $"There is no data for {expression}\n{Logs}");
            await CheckTrafficAsync();
        }
    }

    /// <summary>The same for many: says of all those that have none that it is so.</summary>
    internal async Task UntilAllHaveDataAsync(IReadOnlyList<string> expressions)
    {
        using var patience = new CancellationTokenSource(SluiceProcess.Patience);
        List<string> missing = [.. expressions];
        while (missing.Count > 0 && !patience.IsCancellationRequested)
        {
            List<string> still = [];
            foreach (var expression in missing)
            {
                if ((await Queries.QueryAsync(expression)).Count == 0)
                    still.Add(expression);
            }

            missing = still;
            await CheckTrafficAsync();
        }

        Assert.True(missing.Count == 0, $"There is no data for\n{string.Join('\n', missing)}\n{Logs}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _traffic.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Queries?.Dispose();
        foreach (var part in (IAsyncDisposable?[])[_prometheus, _exporter, _blindExporter, _run, _fleet, _echo])
        {
            if (part is not null)
                await part.DisposeAsync();
        }
        _client.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    private string Logs => $"{_fleet.Output}\n{_run.Process.Error}\n{_exporter.Error}";

    /// <summary>Traffic ends early only by an error, which is better than the lack of data that follows from it. Then a moment passes.</summary>
    private async Task CheckTrafficAsync()
    {
        if (_traffic.IsCompleted)
            await _traffic;
        await Task.Delay(100, TestContext.Current.CancellationToken);
    }

    private string Configuration(string exporter, string blindExporter) => $$$"""
        global: {scrape_interval: 2s, scrape_timeout: 2s}
        scrape_configs:
        - job_name: exporter
          honor_labels: true
          static_configs: [{targets: ["{{{exporter}}}"], labels: {cluster: test}}]
        - job_name: blind-exporter
          honor_labels: true
          static_configs: [{targets: ["{{{blindExporter}}}"], labels: {cluster: test}}]
        - job_name: run
          honor_labels: true
          static_configs: [{targets: ["{{{_run.AdminAddress}}}"], labels: {cluster: test}}]
        - job_name: controller
          static_configs: [{targets: ["{{{_fleet.ControllerProbes}}}"], labels: {cluster: test}}]
        - job_name: proxies
          static_configs: [{targets: [{{{string.Join(", ", _fleet.Proxies.Select(proxy => $"\"{proxy.Probes}\""))}}}], labels: {cluster: test}}]

        """;

    private static async Task<string> AddressAsync(SluiceProcess exporter)
    {
        var line = await exporter.WaitForLineAsync("/metrics");
        var start = line.IndexOf("://", StringComparison.Ordinal) + 3;
        return line[start..line.IndexOf("/metrics", StringComparison.Ordinal)];
    }

    private async Task CreateAsync(JsonObject manifest)
    {
        var kind = (string)manifest["kind"]!;
        var plural = Plurals.FirstOrDefault(known => known.Kind == kind).Plural ?? $"{kind.ToLowerInvariant()}s";
        var place = manifest["metadata"]!["namespace"] is { } name ? $"/namespaces/{name}" : "";
        if (place.Length > 0)
            await SendAsync(HttpMethod.Post, "/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = (string)manifest["metadata"]!["namespace"]! } }, HttpStatusCode.Conflict);
        var collection = $"/apis/{manifest["apiVersion"]}{place}/{plural}";
        var status = manifest["status"]?.DeepClone();
        var created = await SendAsync(HttpMethod.Post, collection, manifest);
        if (status is null)
            return;
        created["status"] = status;
        await SendAsync(HttpMethod.Put, $"{collection}/{manifest["metadata"]!["name"]}/status", created);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body, HttpStatusCode? alsoRight = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_fleet.Api, path)) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode || response.StatusCode == alsoRight, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Each time different, so that there is always something to translate.</summary>
    private void WriteManifests(int round) => _folder.Write("local.yaml", $$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: local}
        spec:
          gatewayClassName: sluice
          listeners:
          - {name: http, port: {{{_ports[0]}}}, protocol: HTTP}
          - {name: https, port: {{{_ports[1]}}}, protocol: HTTPS, tls: {certificateRefs: [{name: local}]}}
          - {name: tcp, port: {{{_ports[2]}}}, protocol: TCP}
          - {name: udp, port: {{{_ports[3]}}}, protocol: UDP}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: echo}
        spec:
          parentRefs: [{name: local}]
          hostnames: [localhost, round-{{{round}}}.example]
          rules:
          - {matches: [{path: {value: /down}}], backendRefs: [{name: nowhere, port: 80}]}
          - {backendRefs: [{name: echo, port: 80}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata: {name: calls}
        spec: {parentRefs: [{name: local, sectionName: http}], hostnames: [calls.example], rules: [{backendRefs: [{name: calls, port: 80}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata: {name: tcp}
        spec: {parentRefs: [{name: local, sectionName: tcp}], rules: [{backendRefs: [{name: tcp, port: 80}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: UDPRoute
        metadata: {name: udp}
        spec: {parentRefs: [{name: local, sectionName: udp}], rules: [{backendRefs: [{name: udp, port: 80}]}]}
        ---
        {{{Service("echo", _echo.Port)}}}
        ---
        {{{Service("calls", _echo.Http2Port, "appProtocol: kubernetes.io/h2c")}}}
        ---
        {{{Service("tcp", _echo.TcpPort)}}}
        ---
        {{{Service("udp", _echo.UdpPort, "protocol: UDP")}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: nowhere}
        spec: {ports: [{port: 80}]}

        """);

    private static string Service(string name, int port, string more = "protocol: TCP") =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, annotations: {{sluice.dev/endpoints: \"127.0.0.1:{port}\"}}}}\nspec: {{ports: [{{port: 80, {more}}}]}}";

    private async Task KeepBusyAsync()
    {
        for (var round = 1; !_stop.IsCancellationRequested; round++)
        {
            WriteManifests(round);
            await ChangeRouteAsync(round);
            await GetAsync($"http://localhost:{_ports[0]}/");
            await GetAsync($"http://localhost:{_ports[0]}/down");
            await GetAsync($"https://localhost:{_ports[1]}/");
            await CallAsync();
            await RelayAsync();
            foreach (var (traffic, _) in _fleet.Proxies)
                await GetAsync($"http://{traffic}/");
            await Task.Delay(200, _stop.Token);
        }
    }

    /// <summary>Something for the controller to translate, to give to its proxies, and to write a status about.</summary>
    private async Task ChangeRouteAsync(int round)
    {
        var patch = Encoding.UTF8.GetBytes($$$"""{"spec":{"hostnames":["web.example","round-{{{round}}}.example"]}}""");
        await _fleet.Client.PatchAsync(ApiResources.HttpRoutes, new NamespacedName("default", "web"), PatchType.Merge, patch, WriteOptions.Default, _stop.Token);
    }

    /// <summary>Whatever is answered is right, no answer too: proxies may only be on their way.</summary>
    private async Task GetAsync(string url)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri(url), _stop.Token);
        }
        catch (HttpRequestException)
        {
        }
    }

    private async Task CallAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{_ports[0]}/example.Echo/Call")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.Host = "calls.example";
        using var response = await _client.SendAsync(request, _stop.Token);
    }

    private async Task RelayAsync()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _ports[2], _stop.Token);
        await tcp.GetStream().WriteAsync("hello\n"u8.ToArray(), _stop.Token);
        await tcp.GetStream().ReadAtLeastAsync(new byte[64], 1, throwOnEndOfStream: false, _stop.Token);
        using var udp = new UdpClient();
        await udp.SendAsync("hello"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, _ports[3]), _stop.Token);
    }
}
