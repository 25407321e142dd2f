using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Run;

public sealed class ShutdownTests : IAsyncLifetime
{
    private readonly ManifestFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private EchoBackend _echo = null!;
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _echo = await EchoBackend.StartAsync("one");
        _folder.Write("all.yaml", Gateway("web", _port) + Route("shop", "web", "shop.example", "one") + Service("one", _echo.Port));
        _sluice = await RunningSluice.StartAsync(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        await _echo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Terminate_Idle_ExitsWith0()
    {
        _sluice.Process.Terminate();

        Assert.Equal(0, (await _sluice.Process.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Terminate_RequestInFlight_LetsItFinishAndIsNotReadyMeanwhile()
    {
        var answer = _sluice.GetAsync(_port, "shop.example", "/slow?delay=2s");
        await _echo.WaitForLogLineAsync("/slow");

        _sluice.Process.Terminate();
        await _sluice.Process.WaitForLineAsync("Stopping");
        var readiness = await _sluice.GetAdminAsync("/readyz");

        Assert.Equal(503, readiness.Status);
        Assert.Equal(200, (await answer).Status);
        Assert.Equal(0, (await _sluice.Process.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Interrupt_Twice_ExitsAtOnce()
    {
        var answer = _sluice.GetAsync(_port, "shop.example", "/slow?delay=60s");
        await _echo.WaitForLogLineAsync("/slow");

        _sluice.Process.Interrupt();
        await _sluice.Process.WaitForLineAsync("Stopping");
        _sluice.Process.Interrupt();

        Assert.Equal(143, (await _sluice.Process.WaitForExitAsync()).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }
}
