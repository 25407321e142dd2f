using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Controller.Admin;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Controller.Tests.Publishing;
using Sluice.Controller.Tests.Support;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Admin;

public sealed class AdminHandlerTests
{
    private readonly UpdatePipeline _pipeline;
    private readonly AdminHandler _admin;

    public AdminHandlerTests()
    {
        var metrics = new ControllerMetrics();
        _pipeline = UpdatePipeline.Standalone(new StandaloneOptions { Paths = ["."] }, new RecordingDataPlane(), metrics);
        _admin = new AdminHandler(_pipeline, metrics, writer => writer.Write("sluice_proxy_line 1\n"), "1.2.3");
    }

    [Fact]
    public async Task Healthz_Always_Is200() => Assert.Equal(200, (await GetAsync("/healthz")).StatusCode);

    [Theory]
    [InlineData(false, 503)]
    [InlineData(true, 200)]
    public async Task Readyz_FollowsReadiness(bool isReady, int expected)
    {
        _admin.IsReady = isReady;

        Assert.Equal(expected, (await GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task UnknownPath_Is404AsJson()
    {
        var response = await GetAsync("/nope");

        Assert.Equal(404, response.StatusCode);
        Assert.Equal("application/json", response.ContentType);
        Assert.Contains("/nope", Json(response).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/readyz", 405)]
    [InlineData("DELETE", "/config", 405)]
    [InlineData("HEAD", "/config", 200)]
    [InlineData("POST", "/nope", 404)]
    public async Task Method_OtherThanGetAndHead_Is405(string method, string path, int expected) =>
        Assert.Equal(expected, (await _admin.HandleAsync(Request(method, path, ""), TestContext.Current.CancellationToken)).StatusCode);

    [Fact]
    public async Task Metrics_HaveBothPlanesAndTheProcess()
    {
        await LoadAsync();

        var text = Encoding.UTF8.GetString((await GetAsync("/metrics")).Body.Span);

        Assert.Contains("sluice_proxy_line 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sluice_objects{kind=\"HTTPRoute\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sluice_translation_duration_seconds_count 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sluice_configurations_total{result=\"applied\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sluice_build_info{version=\"1.2.3\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("process_resident_memory_bytes ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WithState_HaveTheObjectsInForce()
    {
        var admin = new AdminHandler(_pipeline, new ControllerMetrics(), _ => { }, "1.2.3") { State = new StateFamilies(() => "v1.6.1") };
        await LoadAsync();
        var first = await MetricsAsync(admin);
        Assert.Contains("sluice_objects{kind=\"HTTPRoute\"} 1\n", first, StringComparison.Ordinal);
        Assert.Matches("\ngatewayapi_gateway_status{[^}]*,name=\"a\",namespace=\"default\",type=\"Programmed\"} 1\n", first);
        Assert.Matches("\ngatewayapi_gateway_status_listener_attached_routes{[^}]*,name=\"a\",namespace=\"default\"} 1\n", first);
        Assert.Matches("\ngatewayapi_httproute_created{[^}]*,name=\"r\",namespace=\"default\"} [0-9.]+e\\+09\n", first);
        Assert.Matches("\ngatewayapi_httproute_status_parents_conditions{[^}]*,name=\"r\",[^}]*,parent_name=\"a\",parent_namespace=\"default\",type=\"ResolvedRefs\"} 1\n", first);

        await _pipeline.PutInForceAsync(Snapshots.Update(Snapshots.Gateway("b", ports: 80)));
        var second = await MetricsAsync(admin);

        Assert.Contains("name=\"b\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("gatewayapi_httproute", second, StringComparison.Ordinal);
    }

    /// <summary>One exposition: each family once, one end, and counters and infos by OpenMetrics' names.</summary>
    [Fact]
    public async Task Metrics_WithState_AreOpenMetricsToWhoAsks()
    {
        var admin = new AdminHandler(_pipeline, new ControllerMetrics(), _ => { }, "1.2.3") { State = new StateFamilies(() => "v1.6.1") };
        await LoadAsync();

        var text = await MetricsAsync(admin, "application/openmetrics-text;version=1.0.0");

        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(text, "# EOF"));
        Assert.Contains("# TYPE sluice_configurations counter\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE gatewayapi_gateway info\n", text, StringComparison.Ordinal);
        var families = Regex.Matches(text, "^# TYPE (.+) ", RegexOptions.Multiline).Select(line => line.Groups[1].Value).ToList();
        Assert.Equal(families.Distinct(), families);
    }

    private static async Task<string> MetricsAsync(AdminHandler admin, string? accept = null)
    {
        var request = Request("GET", "/metrics", "");
        if (accept is not null)
            request = request with { Headers = new Dictionary<string, string> { ["accept"] = accept } };
        var response = await admin.HandleAsync(request, TestContext.Current.CancellationToken);
        using var body = new MemoryStream();
        await response.WriteBody!(body, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    [Fact]
    public async Task Config_OfOneGateway_HasActionsAndClusters()
    {
        await LoadAsync();

        var json = Json(await GetAsync("/config", "gateway=default%2Fa"))[0];

        Assert.Equal("default/a", json.GetProperty("gateway").GetString());
        var rule = json.GetProperty("listeners")[0].GetProperty("virtualHosts")[0].GetProperty("routes")[0].GetProperty("rule");
        Assert.Equal("forward", rule.GetProperty("action").GetProperty("$type").GetString());
        Assert.Equal("default/s:80", json.GetProperty("clusters")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Config_OfUnknownGateway_Is404() => Assert.Equal(404, (await GetAsync("/config", "gateway=x/y")).StatusCode);

    [Fact]
    public async Task Status_HasConditionsOfGatewayAndRoute()
    {
        await LoadAsync();

        var json = Json(await GetAsync("/status"));

        Assert.Equal(1, json.GetProperty("generation").GetInt64());
        var programmed = json.GetProperty("gateways")[0].GetProperty("conditions").EnumerateArray().Single(condition => condition.GetProperty("type").GetString() == "Programmed");
        Assert.Equal("True", programmed.GetProperty("status").GetString());
        Assert.Equal("r", json.GetProperty("routes")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Explain_Url_SaysWhereItGoes()
    {
        await LoadAsync();

        var json = Json(await GetAsync("/explain", "url=http%3A%2F%2Fshop.example%2Fcart&method=PUT&header=X-A:b"));

        Assert.Equal("Forwarded", json.GetProperty("outcome").GetString());
        Assert.Equal("PUT", json.GetProperty("request").GetProperty("method").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("url=")]
    [InlineData("url=ftp%3A%2F%2Fx")]
    [InlineData("url=http%3A%2F%2Fx&header=nocolon")]
    public async Task Explain_BadQuery_Is400(string query) => Assert.Equal(400, (await GetAsync("/explain", query)).StatusCode);

    private Task LoadAsync() => _pipeline.PutInForceAsync(Snapshots.Update(
        Snapshots.Gateway("a", ports: 80),
        Snapshots.Route("r", "a", "  rules: [{backendRefs: [{name: s, port: 80}]}]\n"),
        Snapshots.Service("s")));

    private async Task<LocalResponse> GetAsync(string path, string query = "") =>
        await _admin.HandleAsync(Request("GET", path, query), TestContext.Current.CancellationToken);

    private static LocalRequest Request(string method, string path, string query) =>
        new(method, path, query, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    private static JsonElement Json(LocalResponse response) => JsonDocument.Parse(response.Body).RootElement;
}
