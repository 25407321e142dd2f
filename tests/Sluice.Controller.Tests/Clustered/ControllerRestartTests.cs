using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>A controller that starts with empty caches beside proxies and objects that another one has made.</summary>
public sealed class ControllerRestartTests : IAsyncLifetime
{
    private readonly int _port = TestCluster.FreePort();
    private readonly TextBackend _backend = new("hello");
    private ProxiedCluster _proxied = null!;

    private TestCluster Cluster => _proxied.Cluster;

    public async ValueTask InitializeAsync()
    {
        _proxied = await ProxiedCluster.StartAsync();
        await Cluster.ApplyBackendAsync("web", _backend.Port);
        await Cluster.ApplyRouteAsync("r", "gw", ",'rules':[{'backendRefs':[{'name':'web','port':80}]}]");
    }

    public async ValueTask DisposeAsync()
    {
        await _proxied.DisposeAsync();
        _backend.Dispose();
    }

    [Fact]
    public async Task ControllerThatStartsAgain_FindsNothingToWrite()
    {
        var stop = await _proxied.StartControllerAsync();
        var proxy = await _proxied.ServeAsync("gw", _port);
        var before = await SettledAsync();
        await stop();
        var written = _proxied.Writes.Count;

        await _proxied.StartControllerAsync();
        await ConnectedAsync(proxy, times: 2);
        await Cluster.ApplyRouteAsync("late", "gw", ",'hostnames':['late.example'],'rules':[{'backendRefs':[{'name':'web','port':80}]}]");
        var after = await SettledAsync("late");

        Assert.Equal("hello", await proxy.GetAsync(_port));
        Assert.Equal(TestCluster.Condition(before["status"], "Programmed")!.ToJsonString(), TestCluster.Condition(after["status"], "Programmed")!.ToJsonString());
        Assert.All(_proxied.Writes.Skip(written), write => Assert.True(write.EndsWith("/httproutes/late/status", StringComparison.Ordinal) || write.EndsWith("/gateways/gw/status", StringComparison.Ordinal), write));
        Assert.Single(_proxied.Writes.Skip(written), write => write.EndsWith("/gateways/gw/status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ControllerThatMayNotSeeAllKindsYet_TouchesNothing()
    {
        var stop = await _proxied.StartControllerAsync();
        var proxy = await _proxied.ServeAsync("gw", _port);
        var before = await SettledAsync();
        await stop();
        var written = _proxied.Writes.Count;

        var asked = 0;
        _proxied.Faults.Fault = request =>
        {
            if (!request.Path.EndsWith("/httproutes", StringComparison.Ordinal))
                return null;
            Interlocked.Increment(ref asked);
            return new LocalResponse(500, "text/plain", default);
        };
        await _proxied.StartControllerAsync();
        while (Volatile.Read(ref asked) < 5)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.Equal(written, _proxied.Writes.Count);
        Assert.Equal("hello", await proxy.GetAsync(_port));

        _proxied.Faults.Fault = _ => null;
        await ConnectedAsync(proxy, times: 2);
        await Cluster.ApplyRouteAsync("late", "gw");
        var after = await SettledAsync("late");
        Assert.Equal("hello", await proxy.GetAsync(_port));
        Assert.DoesNotContain(_proxied.Writes, write => write.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.Equal((string?)before["metadata"]!["uid"], (string?)after["metadata"]!["uid"]);
    }

    [Fact]
    public async Task ProxiesKeepTheirStream_AndGetItAgain_WhileTheApiServerIsAway()
    {
        await _proxied.StartControllerAsync();
        var proxy = await _proxied.ServeAsync("gw", _port);
        await SettledAsync();
        _proxied.Faults.Fault = _ => new LocalResponse(503, "text/plain", "away"u8.ToArray());
        _proxied.Faults.CutWatches();
        await Cluster.SaidAsync("what was seen last stays in force");

        Assert.Contains("sluice_stream_connected 1", (await proxy.AdminAsync("/metrics")).Body, StringComparison.Ordinal);
        await proxy.StopAsync();
        var again = await _proxied.StartProxyAsync("gw");

        await again.WaitReadyAsync();
        Assert.Equal("hello", await again.GetAsync(_port));
    }

    /// <summary>The Gateway when its status and that of the route are as they will be.</summary>
    private async Task<JsonNode> SettledAsync(string route = "r")
    {
        await Cluster.WaitAsync(ApiResources.HttpRoutes, route, value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));
        return await Cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed") && (int?)value["status"]!["listeners"]![0]!["attachedRoutes"] == (route == "r" ? 1 : 2));
    }

    private static async Task ConnectedAsync(Streaming.RunningProxy proxy, int times)
    {
        while (!(await proxy.AdminAsync("/metrics")).Body.Contains($"sluice_stream_connects_total {times}\n", StringComparison.Ordinal))
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
