using System.Net;
using System.Net.Sockets;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Run;

public sealed class PortTests
{
    [Fact]
    public async Task Run_PortTaken_SaysWhatToDoAndTriesAgainWithTheNextChange()
    {
        using var folder = new ManifestFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var echo = await EchoBackend.StartAsync("one");
        folder.Write("all.yaml", Gateway("web", port) + Route("shop", "web", "shop.example", "one") + Service("one", echo.Port));

        await using var sluice = await RunningSluice.StartAsync(folder.Path);
        var problem = await sluice.Process.WaitForErrorLineAsync("PortUnavailable");
        var status = await SluiceProcess.RunAsync("status", "--admin", sluice.AdminAddress);
        taken.Stop();
        folder.Write("other.yaml", Service("other", 1));
        await sluice.Process.WaitForLineAsync($"http://127.0.0.1:{port}");

        Assert.Contains("--port-offset", problem, StringComparison.Ordinal);
        Assert.Contains("False (PortUnavailable)", status.Output, StringComparison.Ordinal);
        Assert.Equal("one", (await sluice.GetAsync(port, "shop.example", "/")).Pod);
    }

    [Fact]
    public async Task Run_AdminAddressTaken_ExitsWith1AndSaysWhatToDo()
    {
        using var folder = new ManifestFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var result = await SluiceProcess.RunAsync("run", folder.Path, "--admin", taken.LocalEndpoint.ToString()!);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--admin", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PathThatDoesNotExist_ExitsWith1()
    {
        var result = await SluiceProcess.RunAsync("run", "/nowhere/to/be/found", "--admin", "off");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/nowhere/to/be/found", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
