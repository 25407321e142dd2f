using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>examples/prometheus-grafana with a real Prometheus.</summary>
public sealed class PrometheusGrafanaTests : IAsyncLifetime
{
    private const string Prometheus = "dev-prometheus.nirmata.co";
    private const string Grafana = "grafana-devtest.nirmata.co";

    private readonly int _port = FreePort.Next();
    private readonly int _prometheusPort = FreePort.Next();
    private EchoBackend _grafana = null!;
    private ManifestFolder _folder = null!;
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _grafana = await EchoBackend.StartAsync("grafana", "--redirect", "/=/login");
        _folder = ManifestFolder.OfExample("prometheus-grafana", ("127.0.0.1:3000", $"127.0.0.1:{_grafana.Port}"), ("port: 9090", $"port: {_prometheusPort}"), ("port: 8080", $"port: {_port}"));
        _sluice = await RunningSluice.StartAsync(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        _folder.Dispose();
        await _grafana.DisposeAsync();
    }

    [Theory]
    [InlineData(Prometheus)]
    [InlineData(Grafana)]
    public async Task Healthz_IsAnsweredByTheProxyItself(string host) =>
        Assert.Equal(200, (await _sluice.GetAsync(_port, host, "/healthz")).Status);

    [Fact]
    public async Task Prometheus_WhenItRuns_AnswersThroughTheGateway()
    {
        Assert.Equal(503, (await _sluice.GetAsync(_port, Prometheus, "/-/healthy")).Status);

        await using var prometheus = await PrometheusServer.StartAsync(_prometheusPort);
        var healthy = await _sluice.GetUntilAsync(answer => answer.Status == 200, _port, Prometheus, "/-/healthy");
        var query = await _sluice.GetAsync(_port, Prometheus, "/api/v1/query?query=1%2B1");

        Assert.Contains("Healthy", healthy.Body, StringComparison.Ordinal);
        Assert.Contains("\"success\"", query.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grafana_Root_RedirectsToItsLogin()
    {
        var answer = await _sluice.GetAsync(_port, Grafana, "/");

        Assert.Equal(302, answer.Status);
        Assert.Equal("/login", answer.Location);
        Assert.Equal("grafana", (await _sluice.GetAsync(_port, Grafana, "/login")).Pod);
    }

    [Fact]
    public async Task OtherHost_IsNotFound() =>
        Assert.Equal(404, (await _sluice.GetAsync(_port, "prod-prometheus.nirmata.co", "/healthz")).Status);
}
