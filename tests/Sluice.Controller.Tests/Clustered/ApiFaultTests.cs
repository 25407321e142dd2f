using System.Text;
using Sluice.Kubernetes.Client;
using Sluice.Proxy.Local;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>What happens to the API server must not happen to the traffic, and is made up for afterwards.</summary>
public sealed class ApiFaultTests : IAsyncLifetime
{
    private const string Rules = ",'rules':[{'backendRefs':[{'name':'web','port':80}]}]";

    private static readonly LocalResponse Away = new(503, "text/plain", "away"u8.ToArray());

    private readonly TextBackend _backend = new("hello");
    private readonly int _port = TestCluster.FreePort();
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyBackendAsync("web", _backend.Port);
        await _cluster.ApplyGatewayAsync("gw", _port);
        await _cluster.ApplyRouteAsync("r", "gw", Rules);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _backend.Dispose();
    }

    [Fact]
    public async Task ServerThatIsAwayAtTheStart_IsWaitedFor()
    {
        var asked = new TaskCompletionSource();
        _cluster.Faults.Fault = _ =>
        {
            asked.TrySetResult();
            return Away;
        };
        await _cluster.StartControllerAsync();
        await asked.Task;
        _cluster.Faults.Fault = _ => null;

        await ProgrammedAsync();
        Assert.Equal("hello", await GetAsync());
    }

    [Fact]
    public async Task ServerThatGoesAway_TakesNothingDown_AndWhatHappenedMeanwhileIsMadeUpFor()
    {
        await _cluster.StartControllerAsync();
        await ProgrammedAsync();

        // Only the controller meets the fault.
        _cluster.Faults.Fault = request => IsController(request) ? Away : null;
        _cluster.Faults.CutWatches();
        Assert.Equal("hello", await GetAsync());
        await _cluster.ApplyRouteAsync("late", "gw", $",'hostnames':['late.example']{Rules}");
        Assert.Equal("hello", await GetAsync());
        _cluster.Faults.Fault = _ => null;

        await _cluster.WaitAsync(ApiResources.HttpRoutes, "late", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => (int?)value["status"]!["listeners"]![0]!["attachedRoutes"] == 2);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(409)]
    public async Task WritesThatFail_AreMadeLater(int code)
    {
        var failures = 6;
        _cluster.Faults.Fault = request => request.Path.EndsWith("/status", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0 ? new LocalResponse(code, "text/plain", default) : null;

        await _cluster.StartControllerAsync();

        await ProgrammedAsync();
        await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));
    }

    [Fact]
    public async Task StatusesThatMayNotBeWritten_AreToldOf_AndTrafficFlows()
    {
        _cluster.Faults.Fault = request => request.Path.EndsWith("/status", StringComparison.Ordinal) ? new LocalResponse(403, "text/plain", default) : null;
        await _cluster.StartControllerAsync();

        await WaitForTrafficAsync();

        Assert.Equal("hello", await GetAsync());
        while (!_cluster.Output.ToString().Contains("cannot be written", StringComparison.Ordinal))
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task TwoControllersAtOnce_AgreeOnOneStatus()
    {
        await _cluster.StartControllerAsync();
        await ProgrammedAsync();
        var before = await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));

        // Another one with the same answer finds nothing to write.
        await _cluster.StartControllerAsync(_cluster.Host with { ControllerNames = [] });
        await _cluster.ApplyRouteAsync("second", "gw", Rules);
        await _cluster.WaitAsync(ApiResources.HttpRoutes, "second", value => TestCluster.IsTrue(value["status"]?["parents"]?[0], "Accepted"));

        var after = await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", _ => true);
        Assert.Equal(before["status"]!.ToJsonString(), after["status"]!.ToJsonString());
    }

    [Fact]
    public async Task ForeignEntriesUnderConcurrentWrites_AreNeverLost()
    {
        await _cluster.StartControllerAsync();
        await ProgrammedAsync();

        // Another controller reads and writes in turn with ours, which has something new to say each time.
        for (var i = 0; i < 20; i++)
        {
            var route = await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", _ => true);
            var parents = route["status"]?["parents"]?.AsArray().Where(parent => (string?)parent!["controllerName"] == "sluice.dev/gateway-controller").Select(parent => parent!.ToJsonString()) ?? [];
            var entry = $$"""{"parentRef":{"name":"theirs-{{i}}"},"controllerName":"other.example/c","conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}""";
            var patch = $"{{\"metadata\":{{\"resourceVersion\":\"{route["metadata"]!["resourceVersion"]}\"}},\"status\":{{\"parents\":[{string.Join(',', parents.Prepend(entry))}]}}}}";
            try
            {
                await _cluster.Client.PatchAsync(ApiResources.HttpRoutes, new NamespacedName("default", "r"), PatchType.Merge, Encoding.UTF8.GetBytes(patch), WriteOptions.Status, TestContext.Current.CancellationToken);
            }
            catch (ApiException error) when (error.IsConflict)
            {
                i--;
                continue;
            }
            await _cluster.ApplyRouteAsync("r", "gw", $",'hostnames':['h{i}.example']{Rules}");
            await _cluster.WaitAsync(ApiResources.HttpRoutes, "r", value => value["status"]!["parents"]!.AsArray() is { Count: 2 } entries
                && (string?)entries[0]!["parentRef"]!["name"] == $"theirs-{i}"
                && (int?)entries[1]!["conditions"]![0]!["observedGeneration"] == (int?)value["metadata"]!["generation"]);
        }
    }

    private static bool IsController(LocalRequest request) =>
        (request.Method == "GET" && (request.Query.Contains("watch=true", StringComparison.Ordinal) || request.Query.Contains("limit=", StringComparison.Ordinal))) || request.Path.EndsWith("/status", StringComparison.Ordinal);

    private Task ProgrammedAsync() => _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));

    private async Task<string> GetAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/"), TestContext.Current.CancellationToken);
    }

    private async Task WaitForTrafficAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await GetAsync();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }
}
