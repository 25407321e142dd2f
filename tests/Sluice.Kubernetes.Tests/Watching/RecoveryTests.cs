using Microsoft.AspNetCore.Http;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Kubernetes.Watching;

namespace Sluice.Kubernetes.Tests.Watching;

/// <summary>Everything that can happen on the way.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        Put("a", "1");
        Put("b", "1");
        Put("c", "1");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string, bool> LastBytes
    {
        get
        {
            string[] texts =
            [
                "",
                """{"type":"MODIFIED","object":{"metadata":{"name":"a","namespace":"infra","resourceVersion":"999""",
                "nonsense\n",
                """{"type":"ADDED","object":{"metadata":{"name":"z"}}}""" + "\n",
                """{"type":"ERROR","object":{"kind":"Status","code":500,"reason":"InternalError","message":"etcd"}}""" + "\n",
            ];
            var data = new TheoryData<string, bool>();
            foreach (var text in texts)
            {
                data.Add(text, true);
                data.Add(text, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LastBytes))]
    public async Task WatchCut_AnywhereInALine_IsResumedWhereItWas(string lastBytes, bool isReset)
    {
        await using var cache = await StartAsync();
        Put("a", "2");
        await cache.WaitAsync("a=2 b=1 c=1");
        var version = _server.Store.Version;

        (await WatcherAsync()).Cut(lastBytes, isReset);
        Put("b", "2");
        Delete("c");
        await cache.WaitAsync("a=2 b=2");

        Assert.Equal(1, cache.Cache.Lists);
        Assert.Equal(["list +a=1 +b=1 +c=1", "+a=2", "+b=2", "-c"], cache.Sink.Log);
        await _server.WaitForAsync(request => request.IsWatch && request.Query["resourceVersion"] == $"{version}");
    }

    [Fact]
    public async Task WatchEnds_InGoodOrder_IsResumed()
    {
        await using var cache = await StartAsync();
        (await WatcherAsync()).End();
        Put("a", "2");

        await cache.WaitAsync("a=2 b=1 c=1");

        Assert.Equal(1, cache.Cache.Lists);
        Assert.DoesNotContain(cache.Statuses, status => status.State == WatchState.Interrupted);
    }

    [Fact]
    public async Task Bookmark_IsWhereAWatchIsResumed()
    {
        await using var cache = await StartAsync();
        var watcher = await WatcherAsync();
        _server.Store.Put(ApiResources.Secrets, "infra", "s", "1");
        var version = _server.Store.Version;
        watcher.Send(_server.Store.Bookmark(ApiResources.HttpRoutes));
        _server.Store.Put(ApiResources.Secrets, "infra", "s", "2");
        watcher.End();

        await _server.WaitForAsync(request => request.IsWatch && request.Query["resourceVersion"] == $"{version}");
        Put("a", "2");
        await cache.WaitAsync("a=2 b=1 c=1");

        Assert.Equal(1, cache.Cache.Lists);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VersionTooOld_ListsAgainAndTellsTheDifferences(bool asEvent)
    {
        _server.ExpiredAsEvent = asEvent;
        await using var cache = await StartAsync();
        var kept = cache.Sink.Objects["a"];
        var watcher = await WatcherAsync();
        _server.Once((_, _) =>
        {
            Put("b", "2");
            Delete("c");
            Put("d", "1");
            _server.Store.Compact();
            return Task.FromResult(false);
        });
        watcher.End();

        await cache.WaitAsync("a=1 b=2 d=1");

        Assert.Equal(["list +a=1 +b=1 +c=1", "list +b=2 +d=1 -c"], cache.Sink.Log);
        Assert.Same(kept, cache.Sink.Objects["a"]);
        Assert.Equal(2, cache.Cache.Lists);
        Assert.DoesNotContain(cache.Statuses, status => status.State == WatchState.Interrupted);
    }

    [Fact]
    public async Task RecreatedWhileAway_IsTheNewObject()
    {
        await using var cache = await StartAsync();
        var watcher = await WatcherAsync();
        _server.Once((_, _) =>
        {
            Delete("a");
            Put("a", "1");
            Delete("b");
            Put("b", "9");
            _server.Store.Compact();
            return Task.FromResult(false);
        });
        watcher.Cut("");

        await cache.WaitAsync("a=1 b=9 c=1");

        Assert.Equal(["list +a=1 +b=1 +c=1", "list +b=9"], cache.Sink.Log);
    }

    [Fact]
    public async Task ContinueExpiresDuringList_ShowsOneMoment()
    {
        foreach (var i in Enumerable.Range(0, 600))
            Put($"r{i:000}", "1");
        _server.Once((_, _) => Task.FromResult(false));
        _server.Once((_, _) =>
        {
            Delete("a");
            Put("r001", "2");
            return Task.FromResult(false);
        });

        await using var cache = await StartAsync();

        Assert.Equal(602, cache.Sink.Objects.Count);
        Assert.Equal("2", cache.Sink.Objects["r001"].Value);
        Assert.Single(cache.Sink.Log);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(504)]
    public async Task ServerFailsForAWhile_IsAskedAgainAndSaidSo(int code)
    {
        var failures = 10;
        _server.Always = async (context, _) =>
        {
            if (Interlocked.Decrement(ref failures) < 0)
                return false;
            context.Response.StatusCode = code;
            await context.Response.WriteAsync("no");
            return true;
        };

        await using var cache = await StartAsync();

        Assert.Equal("a=1 b=1 c=1", cache.Sink.Text);
        Assert.Equal([WatchState.Interrupted, WatchState.Watching], cache.Statuses.Select(status => status.State));
    }

    [Fact]
    public async Task RetryAfter_IsHonoured()
    {
        var clock = new ManualTime();
        _server.Always = async (context, request) =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "60";
            await context.Response.WriteAsync("no");
            return true;
        };
        await using var cache = new RunningCache(_server, RunningCache.Impatient with { Clock = clock });

        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(_server.Requests);
        _server.Always = null;
        clock.Advance(TimeSpan.FromSeconds(2));

        await cache.SyncAsync();
    }

    [Fact]
    public async Task ServerAway_IsFoundAgainWithWhatHappened()
    {
        await using var cache = await StartAsync();

        await _server.RestartAsync(async () =>
        {
            await cache.WaitForStateAsync(WatchState.Interrupted);
            Assert.Equal("a=1 b=1 c=1", cache.Sink.Text);
            Put("a", "2");
            Delete("b");
        });
        await cache.WaitAsync("a=2 c=1");

        Assert.Equal(1, cache.Cache.Lists);
        Assert.Contains("cannot be reached", cache.Statuses.First(status => status.State == WatchState.Interrupted).Message, StringComparison.Ordinal);
        Assert.Equal(WatchState.Watching, cache.Cache.Status.State);
    }

    [Fact]
    public async Task SilentStream_IsCutAndResumed()
    {
        await using var cache = await StartAsync(RunningCache.Impatient with { StallTimeout = TimeSpan.FromMilliseconds(100) });

        await _server.WaitForAsync(request => request.IsWatch, count: 3);
        Put("a", "2");
        await cache.WaitAsync("a=2 b=1 c=1");

        Assert.Equal(1, cache.Cache.Lists);
        Assert.DoesNotContain(cache.Statuses, status => status.State == WatchState.Interrupted);
    }

    [Fact]
    public async Task WatchThatAlwaysBreaks_EndsInAList()
    {
        await using var cache = await StartAsync();
        var watcher = await WatcherAsync();
        _server.Always = async (context, request) =>
        {
            if (!request.IsWatch)
                return false;
            await context.Response.WriteAsync("nonsense\n");
            return true;
        };
        watcher.Cut("");
        Put("a", "2");

        await cache.WaitAsync("a=2 b=1 c=1");
        Assert.True(cache.Cache.Lists >= 2);
    }

    [Fact]
    public async Task KindThatIsNotInstalled_CountsAsSyncedAndIsFoundWhenItComes()
    {
        _server.Missing[FakeStore.CollectionOf(ApiResources.HttpRoutes)] = true;
        await using var cache = await StartAsync();

        Assert.Equal(["list"], cache.Sink.Log);
        Assert.Equal(WatchState.NotInstalled, cache.Cache.Status.State);
        Assert.Contains("httproutes.gateway.networking.k8s.io", cache.Cache.Status.Message, StringComparison.Ordinal);
        _server.Missing.Clear();
        cache.Cache.Recheck();
        await cache.WaitAsync("a=1 b=1 c=1");
        Assert.Equal(WatchState.Watching, cache.Cache.Status.State);
    }

    [Fact]
    public async Task KindThatIsNotInstalled_IsAskedForEvery30Seconds()
    {
        var clock = new ManualTime();
        _server.Missing[FakeStore.CollectionOf(ApiResources.HttpRoutes)] = true;
        await using var cache = await StartAsync(RunningCache.Impatient with { Clock = clock });

        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(_server.Requests);
        _server.Missing.Clear();
        clock.Advance(TimeSpan.FromSeconds(1));

        await cache.WaitAsync("a=1 b=1 c=1");
    }

    [Fact]
    public async Task KindThatDisappearsForAMoment_LosesNothing()
    {
        await using var cache = await StartAsync();
        var watcher = await WatcherAsync();
        _server.Missing[FakeStore.CollectionOf(ApiResources.HttpRoutes)] = true;
        watcher.Cut("");
        await cache.WaitForStateAsync(WatchState.Interrupted);
        _server.Missing.Clear();
        Put("a", "2");

        await cache.WaitAsync("a=2 b=1 c=1");

        Assert.Equal(["list +a=1 +b=1 +c=1", "list +a=2"], cache.Sink.Log);
    }

    [Fact]
    public async Task KindThatIsUninstalled_HasNoObjectsInTheEnd()
    {
        await using var cache = await StartAsync(RunningCache.Impatient with { NotInstalledGrace = TimeSpan.FromMilliseconds(50) });
        var watcher = await WatcherAsync();
        _server.Missing[FakeStore.CollectionOf(ApiResources.HttpRoutes)] = true;
        watcher.Cut("");

        await cache.WaitAsync("");
        await cache.WaitForStateAsync(WatchState.NotInstalled);

        Assert.Equal("list -a -b -c", cache.Sink.Log[^1]);
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    public async Task ServerThatDoesNotLetUs_IsToldOnceAndAskedAgain(int code, string reason)
    {
        var isDenied = true;
        _server.Always = async (context, _) =>
        {
            if (!isDenied)
                return false;
            await FakeOperations.StatusAsync(context, code, reason, "httproutes is forbidden: User \"x\" cannot list");
            return true;
        };
        await using var cache = new RunningCache(_server);
        await _server.WaitForAsync(_ => true, count: 12);
        Assert.False(cache.Cache.HasSynced.IsCompleted);

        isDenied = false;
        await cache.SyncAsync();

        Assert.Equal([WatchState.Denied, WatchState.Watching], cache.Statuses.Select(status => status.State));
        Assert.Contains("User \"x\" cannot list", cache.Statuses[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventTwice_IsToldOnce()
    {
        await using var cache = await StartAsync();
        var watcher = await WatcherAsync();
        var version = _server.Store.Version + 1;
        var line = $$$$"""{"type":"ADDED","object":{"metadata":{"name":"d","namespace":"infra","resourceVersion":"{{{{version}}}}"},"data":{"value":"1"}}}""" + "\n";
        watcher.Send(line);
        watcher.Send(line);
        watcher.Send(line.Replace("ADDED", "DELETED", StringComparison.Ordinal));
        watcher.Send(line.Replace("ADDED", "DELETED", StringComparison.Ordinal));
        Put("a", "2");

        await cache.WaitAsync("a=2 b=1 c=1");

        Assert.Equal(["list +a=1 +b=1 +c=1", "+d=1", "-d", "+a=2"], cache.Sink.Log);
    }

    private async Task<RunningCache> StartAsync(WatchCacheOptions? options = null)
    {
        var cache = new RunningCache(_server, options);
        await cache.SyncAsync();
        return cache;
    }

    /// <summary>The watch that the server holds open.</summary>
    private async Task<FakeWatcher> WatcherAsync()
    {
        await Poll.UntilAsync(() => _server.Store.Watchers(ApiResources.HttpRoutes).Count > 0);
        return _server.Store.Watchers(ApiResources.HttpRoutes)[^1];
    }

    private void Put(string name, string value) => _server.Store.Put(ApiResources.HttpRoutes, "infra", name, value);

    private void Delete(string name) => _server.Store.Delete(ApiResources.HttpRoutes, "infra", name);
}
