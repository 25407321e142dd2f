using System.Text;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>Who does not lead writes nothing.</summary>
public sealed class LeadershipTests : IAsyncLifetime
{
    private static readonly NamespacedName Lease = new("default", InstallationNames.Controller);

    private readonly TextBackend _backend = new("hello");
    private readonly int _port = TestCluster.FreePort();
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyBackendAsync("web", _backend.Port);
        await _cluster.ApplyGatewayAsync("gw", _port);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _backend.Dispose();
    }

    [Fact]
    public async Task LeaderThatLostItsLease_WritesNothing_UntilItLeadsAgain()
    {
        var (access, door) = await _cluster.OpenDoorAsync();
        using (door)
        {
            await _cluster.StartControllerAsync(_cluster.Host with { Access = access, LeaderElection = true, LeaderElectionNamespace = "default" });
            await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));

            await HoldAsync("somebody");
            await _cluster.SaidAsync("somebody leads");
            var statuses = Statuses(door);
            await _cluster.ApplyRouteAsync("r", "gw", ",'rules':[{'backendRefs':[{'name':'web','port':80}]}]");
            await ServedAsync();

            Assert.Equal(statuses, Statuses(door));
            Assert.Null((await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", _ => true))["status"]?["parents"]?[0]);

            await HoldAsync("");
            await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));
        }
    }

    private static int Statuses(FaultyHandler door) => door.Requests.Count(request => request.Path.EndsWith("/status", StringComparison.Ordinal));

    private Task HoldAsync(string holder) => _cluster.Client.PatchAsync(
        ApiResources.Leases,
        Lease,
        PatchType.Merge,
        Encoding.UTF8.GetBytes(new JsonObject { ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = 3600 } }.ToJsonString()),
        null,
        TestContext.Current.CancellationToken);

    private async Task ServedAsync()
    {
        using var http = new HttpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_port}/"), patience.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(10, patience.Token);
        }
    }
}
