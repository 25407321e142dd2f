using System.Text.Json;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Run;

public sealed class AdminTests : IAsyncLifetime
{
    private readonly ManifestFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("all.yaml", Gateway("web", _port) + Route("shop", "web", "shop.example", "one") + Service("one", 1));
        _sluice = await RunningSluice.StartAsync(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/", 200, "/metrics")]
    [InlineData("/healthz", 200, "ok")]
    [InlineData("/readyz", 200, "ready")]
    [InlineData("/config", 200, "default/one:80")]
    [InlineData("/config?gateway=default/none", 404, "namespace/name")]
    [InlineData("/status", 200, "\"Programmed\"")]
    [InlineData("/explain?url=http://shop.example/", 200, "\"outcome\"")]
    [InlineData("/explain", 400, "url")]
    [InlineData("/nope", 404, "/nope")]
    public async Task Get_Endpoint_Answers(string target, int status, string part)
    {
        var answer = await _sluice.GetAdminAsync(target);

        Assert.Equal(status, answer.Status);
        Assert.Contains(part, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AfterTraffic_PassPromtoolAndCountRequests()
    {
        Assert.Equal(404, (await _sluice.GetAsync(_port, "nobody.example", "/")).Status);

        var metrics = (await _sluice.GetAdminAsync("/metrics")).Body;
        var verdict = await Tool.ShellAsync($"{Tool.Find("promtool", "prometheus")} check metrics", metrics);

        Assert.True(verdict.ExitCode == 0, verdict.Output + verdict.Error);
        Assert.Contains("sluice_http_requests_total{gateway=\"default/web\",listener=\"http\",code_class=\"4xx\"} 1", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody.example", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_Command_ShowsConditionsOfTheRunningInstance()
    {
        var result = await SluiceProcess.RunAsync("status", "--admin", _sluice.AdminAddress);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"default/web +sluice +127\.0\.0\.1 +True +True", result.Output);
        Assert.Matches(@"HTTPRoute default/shop +shop\.example +1 +default/web +True +True", result.Output);
    }

    [Fact]
    public async Task Status_CommandAsJson_IsTheAdminEndpointsReport()
    {
        var result = await SluiceProcess.RunAsync("status", "--admin", _sluice.AdminAddress, "--output", "json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("web", json.RootElement.GetProperty("gateways")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Explain_Command_AsksTheRunningInstance()
    {
        var result = await SluiceProcess.RunAsync("explain", "--admin", _sluice.AdminAddress, "-H", "Host: shop.example", $"http://127.0.0.1:{_port}/a?b=c&d");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("HTTPRoute/default/shop rule 0 forwards to default/one:80", result.Output, StringComparison.Ordinal);
    }
}
