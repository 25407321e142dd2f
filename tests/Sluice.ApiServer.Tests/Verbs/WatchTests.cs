using Sluice.ApiServer.Store;
using Sluice.ApiServer.Tests.Support;
using Sluice.ApiServer.Watching;

namespace Sluice.ApiServer.Tests.Verbs;

public sealed class WatchTests : IAsyncDisposable
{
    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Watch_FromAVersion_TellsEveryChange()
    {
        var version = (await _api.GetAsync(ApiHarness.ConfigMaps)).TextAt("metadata.resourceVersion");
        await MakeAsync("a");
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=true&resourceVersion={version}");
        await _api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'x':'1'}}");
        await _api.DeleteAsync(ApiHarness.ConfigMaps + "/a");

        Assert.Equal(["ADDED a", "MODIFIED a"], await watch.NamesAsync(2));
        var (type, last) = (await watch.NextAsync())!.Value;
        Assert.Equal("DELETED", type);
        Assert.Equal((await _api.GetAsync(ApiHarness.ConfigMaps)).TextAt("metadata.resourceVersion"), last["metadata"]!["resourceVersion"]!.ToString());
    }

    [Fact]
    public async Task Watch_WithoutVersion_BeginsWithWhatIsThere()
    {
        await MakeAsync("a", "b");
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1");
        await MakeAsync("c");

        Assert.Equal(["ADDED a", "ADDED b", "ADDED c"], await watch.NamesAsync(3));
    }

    [Fact]
    public async Task Watch_WithInitialEvents_EndsThemWithABookmark()
    {
        await MakeAsync("a");
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        await MakeAsync("b");

        Assert.Equal(["ADDED a"], await watch.NamesAsync(1));
        var (type, bookmark) = (await watch.NextAsync())!.Value;
        Assert.Equal("BOOKMARK", type);
        Assert.Equal("ConfigMap", bookmark["kind"]!.ToString());
        Assert.Equal("true", bookmark["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.ToString());
        Assert.Equal(["ADDED b"], await watch.NamesAsync(1));
    }

    [Theory]
    [InlineData("sendInitialEvents=true")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan")]
    [InlineData("resourceVersionMatch=NotOlderThan")]
    [InlineData("resourceVersion=x")]
    [InlineData("labelSelector=(")]
    public async Task Watch_ParametersThatAreWrong_Are400(string query) => (await _api.GetAsync($"{ApiHarness.ConfigMaps}?watch=1&{query}")).Expect(400);

    [Fact]
    public async Task Watch_ObjectsThatEnterAndLeaveTheSelector_AreAddedAndDeleted()
    {
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1&labelSelector=on%3Dyes");
        await MakeAsync("a");
        await _api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'metadata':{'labels':{'on':'yes'}}}");
        await _api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'x':'1'}}");
        await _api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'metadata':{'labels':{'on':'no'}}}");
        await _api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'metadata':{'labels':{'on':'yes'}}}");

        Assert.Equal(["ADDED a", "MODIFIED a"], await watch.NamesAsync(2));
        var (type, left) = (await watch.NextAsync())!.Value;
        Assert.Equal("DELETED", type);
        Assert.Equal("yes", left["metadata"]!["labels"]!["on"]!.ToString());
        Assert.Equal(["ADDED a"], await watch.NamesAsync(1));
    }

    [Fact]
    public async Task Watch_OfOneNamespaceAndOfAll_SeeTheirs()
    {
        (await _api.PostAsync("/api/v1/namespaces", ApiHarness.Json("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'team'}}"))).Expect(201);
        await using var one = await _api.WatchAsync("/api/v1/namespaces/team/configmaps?watch=1");
        await using var all = await _api.WatchAsync("/api/v1/configmaps?watch=1");
        await MakeAsync("a");
        (await _api.PostAsync("/api/v1/namespaces/team/configmaps", ApiHarness.ConfigMap("b"))).Expect(201);

        Assert.Equal(["ADDED b"], await one.NamesAsync(1));
        Assert.Equal(["ADDED a", "ADDED b"], await all.NamesAsync(2));
    }

    [Fact]
    public async Task Watch_AsTable_TellsColumnsOnce()
    {
        await MakeAsync("a", "b");
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1", "application/json;as=Table;v=v1;g=meta.k8s.io");

        var first = (await watch.NextAsync())!.Value.Object;
        var second = (await watch.NextAsync())!.Value.Object;

        Assert.Equal("Table", first["kind"]!.ToString());
        Assert.NotEmpty(first["columnDefinitions"]!.AsArray());
        Assert.Empty(second["columnDefinitions"]!.AsArray());
        Assert.Equal("b", second["rows"]![0]!["cells"]![0]!.ToString());
    }

    [Fact]
    public async Task Watch_OfAForgottenVersion_IsGone()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { History = new HistoryLimits { MaxChanges = 2 } });
        var version = (await api.GetAsync(ApiHarness.ConfigMaps)).TextAt("metadata.resourceVersion");
        for (var i = 0; i < 4; i++)
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap($"c{i}"))).Expect(201);

        var gone = (await api.GetAsync($"{ApiHarness.ConfigMaps}?watch=1&resourceVersion={version}")).Expect(410);

        Assert.Equal("Expired", gone.TextAt("reason"));
        (await api.GetAsync($"{ApiHarness.ConfigMaps}?watch=1&resourceVersion=9999999999999999")).Expect(410);
    }

    [Fact]
    public async Task Watch_ThatIsTooSlow_IsToldAndEnds()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { History = new HistoryLimits { MaxChanges = 3 } });
        await using var watch = await api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1");
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("first"))).Expect(201);
        Assert.Equal(["ADDED first"], await watch.NamesAsync(1));

        // The pipe between takes 64 KiB, then the watch waits for its client.
        for (var i = 0; i < 20; i++)
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap($"c{i}", ",'data':{'x':'" + new string('x', 60_000) + "'}"))).Expect(201);
        (string Type, System.Text.Json.Nodes.JsonObject Object)? last = null;
        while (await watch.NextAsync() is { } next)
            last = next;

        Assert.Equal("ERROR", last!.Value.Type);
        Assert.Equal("410", last.Value.Object["code"]!.ToString());
    }

    [Fact]
    public async Task Watch_WithTimeout_EndsWithABookmark()
    {
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true");

        Assert.Equal("BOOKMARK", (await watch.NextAsync())!.Value.Type);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task Watch_WithBookmarks_GetsThemWhileNothingChanges()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { Watches = new WatchLimits { BookmarkInterval = TimeSpan.FromMilliseconds(20) } });
        await using var watch = await api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1&allowWatchBookmarks=true");
        Assert.Equal("BOOKMARK", (await watch.NextAsync())!.Value.Type);
        var other = (await api.PostAsync(ApiHarness.Services, ApiHarness.Json("{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}"))).TextAt("metadata.resourceVersion");

        string version;
        do
            version = (await watch.NextAsync())!.Value.Object["metadata"]!["resourceVersion"]!.ToString();
        while (string.CompareOrdinal(version, other) < 0);
    }

    [Fact]
    public async Task Watch_ServerThatStops_EndsIt()
    {
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1");

        await _api.Api.DisposeAsync();

        await watch.EndAsync();
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task Watch_MoreThanTheLimit_Is429()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { Watches = new WatchLimits { MaxWatches = 1 } });
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(201);
        await using var watch = await api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1");
        await watch.NamesAsync(1);

        (await api.GetAsync($"{ApiHarness.ConfigMaps}?watch=1")).Expect(429);
    }

    [Fact]
    public async Task Watch_ManyAtOnce_AllSeeEverythingInOrder()
    {
        const int Watches = 100, Objects = 100;
        var watches = new List<WatchClient>();
        for (var i = 0; i < Watches; i++)
            watches.Add(await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=1"));
        for (var i = 0; i < Objects; i++)
            await MakeAsync($"c{i:000}");

        var expected = Enumerable.Range(0, Objects).Select(i => $"ADDED c{i:000}").ToList();
        foreach (var watch in watches)
        {
            Assert.Equal(expected, await watch.NamesAsync(Objects));
            await watch.DisposeAsync();
        }

        Assert.Equal(0, _api.Api.WatchCount);
    }

    private async Task MakeAsync(params string[] names)
    {
        foreach (var name in names)
            (await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap(name))).Expect(201);
    }
}
