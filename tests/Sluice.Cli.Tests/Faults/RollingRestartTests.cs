using Sluice.Kubernetes.Client;

namespace Sluice.Cli.Tests.Faults;

/// <summary>Everything is restarted under load, one after the other: no request is lost that a proxy could serve that is there.</summary>
public sealed class RollingRestartTests : IAsyncLifetime
{
    private Fleet _fleet = null!;
    private ReadyBalancer _balancer = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await Fleet.StartAsync();
        _balancer = new ReadyBalancer(_fleet.Proxies);
        await _balancer.WaitAsync(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public async Task Everything_OneAfterTheOther_LosesNoRequest_AndTheStatusStandsStill()
    {
        await _fleet.WaitAsync(ApiResources.Gateways, "gw", gateway => Fleet.Programmed(gateway) == "True");
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(stop.Token);
        await using var load = new Load(_balancer.Address);
        await load.AdvanceAsync(5);

        await RestartProxiesAsync(load);

        await _fleet.KillControllerAsync();
        await load.AdvanceAsync(5);
        await _fleet.StartControllerAsync();
        await load.AdvanceAsync(5);

        await _fleet.KillApiAsync();
        await load.AdvanceAsync(5);
        await _fleet.StartApiAsync();
        await load.AdvanceAsync(5);

        // A proxy that starts while nobody configures it serves what it had.
        await _fleet.KillControllerAsync();
        await RestartProxiesAsync(load);
        await _fleet.StartControllerAsync();
        await load.AdvanceAsync(5);

        await stop.CancelAsync();
        Assert.Equal(["True"], await watching);
        Assert.True(load.Failures.Count == 0, $"{string.Join('\n', load.Failures)}\n{_fleet.Output}");
    }

    private async Task RestartProxiesAsync(Load load)
    {
        for (var i = 0; i < 2; i++)
        {
            await _fleet.EndProxyAsync(i);
            await load.AdvanceAsync(3);
            _fleet.StartProxy(i);
            await _balancer.WaitAsync(2);
            await load.AdvanceAsync(3);
        }
    }

    /// <summary>Every value of Programmed that anybody could see.</summary>
    private async Task<IReadOnlyCollection<string>> WatchAsync(CancellationToken stop)
    {
        var seen = new SortedSet<string>();
        while (!stop.IsCancellationRequested)
        {
            if (await _fleet.FindAsync(ApiResources.Gateways, "gw", CancellationToken.None) is { } gateway)
                seen.Add(Fleet.Programmed(gateway) ?? "none");
            await Task.Delay(5, CancellationToken.None);
        }
        return seen;
    }
}
