using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Kubernetes.Watching;

namespace Sluice.Kubernetes.Tests.Watching;

/// <summary>What the sink is told while the server is well.</summary>
public sealed class WatchCacheTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        Put("a", "1");
        Put("b", "1");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Run_Start_ListsOnceAndThenWatches()
    {
        await using var cache = new RunningCache(_server);
        await cache.SyncAsync();
        Put("c", "1");
        Put("a", "2");
        _server.Store.Delete(ApiResources.HttpRoutes, "infra", "b");

        await cache.WaitAsync("a=2 c=1");

        Assert.Equal(["list +a=1 +b=1", "+c=1", "+a=2", "-b"], cache.Sink.Log);
        Assert.Equal(1, cache.Cache.Lists);
        Assert.Equal(3, cache.Cache.Events);
        Assert.Equal(WatchState.Watching, Assert.Single(cache.Statuses).State);
    }

    [Fact]
    public async Task Run_NoObjects_TellsThatThereAreNone()
    {
        _server.Store.Delete(ApiResources.HttpRoutes, "infra", "a");
        _server.Store.Delete(ApiResources.HttpRoutes, "infra", "b");

        await using var cache = new RunningCache(_server);
        await cache.SyncAsync();

        Assert.Equal(["list"], cache.Sink.Log);
    }

    [Fact]
    public async Task Run_ChangeThatDoesNotMatter_IsNotTold()
    {
        await using var cache = new RunningCache(_server);
        await cache.SyncAsync();
        var before = cache.Sink.Objects["a"];
        Put("a", "1");
        Put("b", "2");

        await cache.WaitAsync("a=1 b=2");

        Assert.Same(before, cache.Sink.Objects["a"]);
        Assert.Equal(["list +a=1 +b=1", "+b=2"], cache.Sink.Log);
    }

    [Fact]
    public async Task Run_ObjectOfNoUse_IsGoneUntilItIs()
    {
        Put("c", "useless");
        await using var cache = new RunningCache(_server);
        await cache.SyncAsync();
        Put("a", "useless");
        Put("a", "useless");
        Put("c", "2");
        await cache.WaitAsync("b=1 c=2");
        _server.Store.Delete(ApiResources.HttpRoutes, "infra", "a");
        Put("a", "3");

        await cache.WaitAsync("a=3 b=1 c=2");

        Assert.Equal(["list +a=1 +b=1", "-a", "+c=2", "+a=3"], cache.Sink.Log);
    }

    [Fact]
    public async Task Run_ObjectThatCannotBeConverted_StaysAsItWasAndIsReported()
    {
        await using var cache = new RunningCache(_server);
        await cache.SyncAsync();
        Put("a", "broken");
        Put("b", "2");

        await cache.WaitAsync("a=1 b=2");

        Assert.Equal("HTTPRoute infra/a cannot be read: spec is broken", Assert.Single(cache.Problems));
    }

    [Fact]
    public async Task Run_Scope_IsListedAndWatched()
    {
        _server.Store.Put(ApiResources.HttpRoutes, "other", "x", "1");
        await using var cache = new RunningCache(_server, RunningCache.Impatient with { Scope = new ResourceScope("other", "app=x", "metadata.name=x") });
        await cache.SyncAsync();
        Put("a", "2");
        _server.Store.Put(ApiResources.HttpRoutes, "other", "x", "2");

        await cache.WaitAsync("x=2");

        Assert.All(_server.Requests, request =>
        {
            Assert.Contains("/namespaces/other/", request.Path, StringComparison.Ordinal);
            Assert.Equal("app=x", (string?)request.Query["labelSelector"]);
            Assert.Equal("metadata.name=x", (string?)request.Query["fieldSelector"]);
        });
    }

    [Fact]
    public async Task Run_WatchTime_IsChosenAtRandom()
    {
        await using var least = new RunningCache(_server, RunningCache.Impatient with { Random = () => 0 });
        await using var most = new RunningCache(_server, RunningCache.Impatient with { Random = () => 0.999 });

        await _server.WaitForAsync(request => request.IsWatch && request.Query["timeoutSeconds"] == "300");
        await _server.WaitForAsync(request => request.IsWatch && request.Query["timeoutSeconds"] == "599");
    }

    [Fact]
    public async Task Run_BuiltInKindInLists_IsConvertedLikeInWatches()
    {
        _server.PlainItems = true;
        var kinds = new List<string?>();
        await using var cache = new RunningCache(_server, convert: (json, _) =>
        {
            kinds.Add((string?)Json.Parse(json)["kind"]);
            return new Seen(Json.Value(json)!);
        });
        await cache.SyncAsync();
        Put("a", "2");

        await cache.WaitAsync("a=2 b=1");

        Assert.Equal(["HTTPRoute", "HTTPRoute", "HTTPRoute"], kinds);
    }

    private void Put(string name, string value) => _server.Store.Put(ApiResources.HttpRoutes, "infra", name, value);
}
