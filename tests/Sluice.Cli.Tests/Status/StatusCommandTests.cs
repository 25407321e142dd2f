using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Status;

public sealed class StatusCommandTests
{
    [Fact]
    public async Task Status_Manifests_ShowsGatewaysListenersAndRoutes()
    {
        var result = await SluiceProcess.RunAsync("status", "-f", Path.Combine(Repository.Examples, "prometheus-grafana"));

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"kgateway-system/observability +kgateway +127\.0\.0\.1 +True +Pending", result.Output);
        Assert.Matches(@"kgateway-system/observability/grafana +HTTP +8080 +grafana-devtest\.nirmata\.co +1 +True", result.Output);
        Assert.DoesNotContain("\u001b[", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NoInstance_ExitsWith1AndSaysWhatToDo()
    {
        var result = await SluiceProcess.RunAsync("status", "--admin", $"127.0.0.1:{FreePort.Next()}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("sluice run", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_BothSources_IsWrongUsage()
    {
        var result = await SluiceProcess.RunAsync("status", "-f", "x", "--admin", "127.0.0.1:1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("exclude each other", result.Error, StringComparison.Ordinal);
    }
}
