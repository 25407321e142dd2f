using System.Text.Json;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Top;

public sealed class TopCommandTests
{
    [Fact]
    public async Task RunningInstance_IsShownOnce_WhereThereIsNoTerminal()
    {
        var port = FreePort.Next();
        using var folder = new ManifestFolder();
        folder.Write("all.yaml", Gateway("web", port) + Route("shop", "web", "shop.example", "one") + Service("one", 1));
        await using var sluice = await RunningSluice.StartAsync(folder.Path);
        using var stop = new CancellationTokenSource();
        var traffic = AskAsync(sluice, port, stop.Token);

        var text = await SluiceProcess.RunAsync("top", "--admin", sluice.AdminAddress, "--interval", "500ms");
        var json = await SluiceProcess.RunAsync("top", "--admin", sluice.AdminAddress, "--interval", "500ms", "--sort", "errors", "--output", "json");
        await stop.CancelAsync();
        await traffic;

        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"HTTPRoute/default/shop +0 +default/web +http +\d+\.\d +\d+\.\d +\S+ +\S+ +0B +\S+ +0\.0 +\d", text.Output);
        Assert.DoesNotContain("\u001b", text.Output, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Output);
        var row = parsed.RootElement.GetProperty("rows")[0];
        Assert.True(row.GetProperty("errorsPerSecond").GetDouble() > 0);
        Assert.Equal("HTTPRoute/default/shop", row.GetProperty("route").GetString());
    }

    [Fact]
    public async Task InstanceThatCountsNothing_SaysSo()
    {
        using var folder = new ManifestFolder();
        folder.Write("all.yaml", Gateway("web", FreePort.Next()));
        await using var sluice = await RunningSluice.StartAsync(folder.Path, "--metrics-detail", "off");

        var result = await SluiceProcess.RunAsync("top", "--admin", sluice.AdminAddress);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--metrics-detail off", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sort", "name", "rate, errors, latency or bytes")]
    [InlineData("--interval", "10ms", "at least 100ms")]
    [InlineData("--count", "0", "a number from 1")]
    [InlineData("--output", "xml", "text or json")]
    public async Task WrongOption_IsWrongUsage(string option, string value, string expected)
    {
        var result = await SluiceProcess.RunAsync("top", option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static async Task AskAsync(RunningSluice sluice, int port, CancellationToken stop)
    {
        // The backend refuses: every answer is 503.
        while (!stop.IsCancellationRequested)
            Assert.Equal(503, (await sluice.GetAsync(port, "shop.example", "/")).Status);
    }
}
