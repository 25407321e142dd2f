using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Exporter;

/// <summary><c>sluice exporter</c> as a process, next to an API server that is one too.</summary>
public sealed partial class ExporterCommandTests : IAsyncLifetime
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: sluice}
        spec: {controllerName: sluice.dev/gateway-controller}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: shop, namespace: default, labels: {team: a, 3scale.net/x: "1"}}
        spec:
          gatewayClassName: sluice
          listeners: [{name: http, port: 0, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: shop, sectionName: http}]
          hostnames: [shop.example.com]
          rules: [{backendRefs: [{name: nowhere, port: 80}]}]
        """;

    private readonly ManifestFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("gateway.yaml", Gateway.Replace("port: 0", $"port: {FreePort.Next()}", StringComparison.Ordinal));
        _sluice = await RunningSluice.StartAsync(_folder.Path, "--api", "127.0.0.1:0", "--data", "none");
        _folder.Write("kubeconfig", $$$"""
            apiVersion: v1
            kind: Config
            current-context: a
            clusters: [{name: a, cluster: {server: "{{{await _sluice.ApiAsync()}}}"}}]
            contexts: [{name: a, context: {cluster: a, user: a}}, {name: b, context: {cluster: a, user: a}}]
            users: [{name: a, user: {}}]
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private string KubeConfig => _folder["kubeconfig"];

    [Theory]
    [InlineData]
    [InlineData("--watch")]
    [InlineData("--kuadrant", "--context", "b")]
    public async Task Metrics_OfAnyApiServer_PassPromtool(params string[] options)
    {
        await using var exporter = SluiceProcess.Start(["exporter", "--kubeconfig", KubeConfig, "--listen", "127.0.0.1:0", .. options]);
        var address = await AddressAsync(exporter);
        var metrics = await UntilUpAsync(address);

        var verdict = await Tool.ShellAsync($"{Tool.Find("promtool", "prometheus")} check metrics", metrics);

        Assert.True(verdict.ExitCode == 0, verdict.Output + verdict.Error);
        Assert.Contains("gatewayapi_gateway_info{", metrics, StringComparison.Ordinal);
        Assert.Contains("label_3scale_net_x=\"1\"", metrics, StringComparison.Ordinal);
        exporter.Terminate();
        var end = await exporter.WaitForExitAsync();
        Assert.True(end.ExitCode == 0, end.Error);
    }

    /// <summary>What the instance says itself is what is in its objects; both pass promtool.</summary>
    [Fact]
    public async Task StateMetrics_OfRun_AreThoseOfItsObjects()
    {
        var own = (await _sluice.GetAdminAsync("/metrics")).Body;
        var verdict = await Tool.ShellAsync($"{Tool.Find("promtool", "prometheus")} check metrics", own);
        Assert.True(verdict.ExitCode == 0, verdict.Output + verdict.Error);
        await using var exporter = SluiceProcess.Start("exporter", "--kubeconfig", KubeConfig, "--listen", "127.0.0.1:0");
        var address = await AddressAsync(exporter);

        // Statuses are written a moment after they are in force.
        for (var patience = DateTime.UtcNow + SluiceProcess.Patience; ;)
        {
            var seen = State(await _client.GetStringAsync(new Uri($"{address}/metrics"), TestContext.Current.CancellationToken));
            if (seen.SequenceEqual(State(own)))
                break;
            Assert.True(DateTime.UtcNow < patience, $"{string.Join('\n', seen)}\n\n{string.Join('\n', State(own))}");
        }
    }

    [Fact]
    public async Task StateMetrics_OfRun_CanBeLeftOut()
    {
        await using var quiet = await RunningSluice.StartAsync(_folder.Path, "--state-metrics", "off");

        Assert.DoesNotContain("gatewayapi_", (await quiet.GetAdminAsync("/metrics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_AreThoseThatAreChosen()
    {
        await using var exporter = SluiceProcess.Start("exporter", "--kubeconfig", KubeConfig, "--listen", "127.0.0.1:0", "--kinds", "Gateway,httproutes", "--kuadrant", "--exclude", "dnsrecord,HTTPRoute");
        var metrics = await UntilUpAsync(await AddressAsync(exporter));

        Assert.Equal(
            ["Gateway", "TLSPolicy", "DNSPolicy", "RateLimitPolicy", "AuthPolicy", "DNSHealthCheckProbe"],
            SuccessLine().Matches(metrics).Select(line => line.Groups[1].Value));
    }

    [Fact]
    public async Task Endpoint_WithCertificateAndToken_WantsBoth()
    {
        var (certificate, key) = SelfSigned.Create();
        _folder.Write("tls.crt.txt", certificate);
        _folder.Write("tls.key.txt", key);
        _folder.Write("token.txt", "a-token-of-some-length\n");

        await using var exporter = SluiceProcess.Start(
            "exporter", "--kubeconfig", KubeConfig, "--listen", "127.0.0.1:0",
            "--tls-cert-file", _folder["tls.crt.txt"], "--tls-key-file", _folder["tls.key.txt"], "--token-file", _folder["token.txt"]);
        var address = await AddressAsync(exporter);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });

        Assert.StartsWith("https://", address, StringComparison.Ordinal);
        using var without = await client.GetAsync(new Uri($"{address}/metrics"), TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-of-some-length");
        using var with = await client.GetAsync(new Uri($"{address}/metrics"), TestContext.Current.CancellationToken);
        Assert.Equal((401, 200), ((int)without.StatusCode, (int)with.StatusCode));
    }

    [Theory]
    [InlineData("--kinds Service", 2, "--kinds: \"Service\" is none of Gateway, GatewayClass")]
    [InlineData("--kinds Gateway --exclude gateways", 2, "--exclude leaves no kind to show")]
    [InlineData("--listen nowhere", 2, "--listen is 'nowhere'; it must be an IP address and a port")]
    [InlineData("--scrape-timeout soon", 2, "--scrape-timeout is 'soon'; it must be a time")]
    [InlineData("--tls-cert-file a", 2, "--tls-cert-file and --tls-key-file go together")]
    [InlineData("--token-file /nowhere/token", 1, "--token-file /nowhere/token")]
    [InlineData("--context c", 1, "context")]
    public async Task Usage_ThatIsWrong_IsSaid(string options, int exitCode, string expected)
    {
        var result = await SluiceProcess.RunAsync(["exporter", "--kubeconfig", KubeConfig, .. options.Split(' ')]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatIsTaken_IsSaid()
    {
        var result = await SluiceProcess.RunAsync("exporter", "--kubeconfig", KubeConfig, "--listen", _sluice.AdminAddress);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--listen HOST:PORT", result.Error, StringComparison.Ordinal);
    }

    private static string[] State(string metrics) =>
        [.. metrics.Split('\n').Where(line => line.StartsWith("gatewayapi_", StringComparison.Ordinal) && !line.Contains("_created{", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private async Task<string> UntilUpAsync(string address)
    {
        for (var patience = DateTime.UtcNow + SluiceProcess.Patience; ;)
        {
            var metrics = await _client.GetStringAsync(new Uri($"{address}/metrics"), TestContext.Current.CancellationToken);
            if (metrics.Contains("\ngateway_metrics_up 1\n", StringComparison.Ordinal))
                return metrics;
            Assert.True(DateTime.UtcNow < patience, metrics);
        }
    }

    private static async Task<string> AddressAsync(SluiceProcess process) => Address().Match(await process.WaitForLineAsync("Metrics of ")).Value;

    [GeneratedRegex("https?://[^/]*")]
    private static partial Regex Address();

    [GeneratedRegex("^gateway_metrics_kind_success{kind=\"(.*)\"}", RegexOptions.Multiline)]
    private static partial Regex SuccessLine();
}
