using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Proxy;

/// <summary><c>sluice proxy</c> as a process; what it does with a controller is tested in one process with it.</summary>
public sealed class ProxyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-proxy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WithoutAController_ItIsNotReady_SaysWhy_AndStopsInOrder()
    {
        var token = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(token, "token", TestContext.Current.CancellationToken);
        await using var proxy = Start("--token-file", token, "--state-dir", Path.Combine(_folder.FullName, "state"), "--probes", "127.0.0.1:0");

        var admin = (await proxy.WaitForLineAsync("Admin endpoint ")).Split(' ')[^1];
        Assert.Contains("127.0.0.1:1: ", await proxy.WaitForErrorLineAsync("no configuration stream"), StringComparison.Ordinal);
        using var client = new HttpClient();
        using var ready = await client.GetAsync($"{admin}/readyz", TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.Equal("not ready: no configuration yet\n", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("sluice_stream_connected 0", await client.GetStringAsync($"{admin}/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // What the cluster may see is beside it, and is no more than probes and metrics.
        var probes = (await proxy.WaitForLineAsync("Probes ")).Split(' ')[^1];
        foreach (var (path, status) in new[] { ("/healthz", 200), ("/readyz", 503), ("/metrics", 200), ("/config", 404), ("/explain?url=http://a/", 404) })
        {
            using var answer = await client.GetAsync(probes + path, TestContext.Current.CancellationToken);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
        }

        proxy.Terminate();
        Assert.Equal(0, (await proxy.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task TokenThatIsNotThere_IsSaid_AndTriedAgain()
    {
        await using var proxy = Start("--token-file", Path.Combine(_folder.FullName, "none"));

        Assert.Contains("none", await proxy.WaitForErrorLineAsync("no configuration stream"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StateFolderThatCannotBeMade_IsAnError()
    {
        await using var proxy = Start("--token-file", "token", "--state-dir", "/proc/no/such");

        var result = await proxy.WaitForExitAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("sluice: --state-dir /proc/no/such: ", result.Error, StringComparison.Ordinal);
    }

    private static SluiceProcess Start(params IReadOnlyList<string> more) => SluiceProcess.Start(
        ["proxy", "--controller", "127.0.0.1:1", "--gateway", "test/gateway", "--admin", "127.0.0.1:0", "--workers", "1", "--drain-delay", "0s", .. more]);
}
