using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>examples/telemetry, with the demo backend in the collector's place: it takes whatever comes, and says so.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Host = "shop.example.com";

    private readonly int _port = FreePort.Next();
    private EchoBackend _orders = null!;
    private EchoBackend _collector = null!;
    private ManifestFolder _folder = null!;

    private string Log => _folder["access.log"];

    public async ValueTask InitializeAsync()
    {
        _orders = await EchoBackend.StartAsync("orders");
        _collector = await EchoBackend.StartAsync("collector");
        _folder = ManifestFolder.OfExample(
            "telemetry",
            ("127.0.0.1:3000", $"127.0.0.1:{_orders.Port}"),
            ("127.0.0.1:3999", $"127.0.0.1:{FreePort.Next()}"),
            ("127.0.0.1:4318", $"127.0.0.1:{_collector.Port}"),
            ("port: 8080", $"port: {_port}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _orders.DisposeAsync();
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Requests_AreTold_InTheFileAndToTheCollector()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path, "--access-log", Log);

        var answer = await sluice.GetAsync(_port, Host, "/orders/7", headers: ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(503, (await sluice.GetAsync(_port, Host, "/stock")).Status);

        var lines = await LinesAsync(2);
        Assert.Equal(("HTTPRoute/demo/shop/orders", 200, null), Facts(lines[0]));
        Assert.Equal(("HTTPRoute/demo/shop/stock", 503, "UF"), Facts(lines[1]));
        Assert.Contains("00-0af7651916cd43dd8448eb211c80319c-", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", answer.Body, StringComparison.Ordinal);
        await _collector.WaitForLogLineAsync("/v1/traces");
        await _collector.WaitForLogLineAsync("/v1/logs");
    }

    [Fact]
    public async Task Filter_And_Format_AreThoseOfTheOptions()
    {
        await using var sluice = await RunningSluice.StartAsync(
            _folder.Path, "--access-log", Log, "--access-log-filter", "status>=500 || duration>60s", "--access-log-format", "%REQ(:PATH)% %RESPONSE_FLAGS%");

        await sluice.GetAsync(_port, Host, "/orders/7");
        await sluice.GetAsync(_port, Host, "/stock");

        Assert.Equal(["/stock UF"], await LinesAsync(1));
    }

    [Fact]
    public async Task Hangup_OpensTheFileAnew()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path, "--access-log", Log);
        await sluice.GetAsync(_port, Host, "/orders/7");
        await LinesAsync(1);

        File.Move(Log, Log + ".1");
        sluice.Process.HangUp();
        await WaitAsync(() => File.Exists(Log));
        await sluice.GetAsync(_port, Host, "/stock");

        Assert.Equal("HTTPRoute/demo/shop/stock", Facts((await LinesAsync(1))[0]).Route);
    }

    private static (string? Route, int Status, string? Flags) Facts(string line)
    {
        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("route").GetString(), json.RootElement.GetProperty("response_code").GetInt32(), json.RootElement.GetProperty("response_flags").GetString());
    }

    private async Task<string[]> LinesAsync(int count)
    {
        await WaitAsync(() => File.Exists(Log) && File.ReadAllLines(Log).Length >= count);
        var lines = await File.ReadAllLinesAsync(Log, TestContext.Current.CancellationToken);
        Assert.Equal(count, lines.Length);
        return lines;
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(20, patience.Token);
    }
}
