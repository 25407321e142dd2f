using Sluice.ApiServer.Feeds;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Feeds;

public sealed class ObjectFeedTests
{
    private static readonly ResourceKind[] ConfigMaps = [KindCatalog.Default.Find("", "ConfigMap")!];

    [Fact]
    public async Task Feed_BeginsWithAll_AndGoesOnWithChanges()
    {
        await using var api = new ApiHarness();
        await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"));
        var reader = api.Api.Feed.Open(ConfigMaps);

        var first = await ReadAsync(reader);
        Assert.True(first.IsAll);
        Assert.Equal("default/a", Assert.Single(first.Changes).Key.ToString());

        await api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'x':'1'}}");
        await api.DeleteAsync(ApiHarness.ConfigMaps + "/a");
        var seen = new List<ObjectChange>();
        while (seen.Count < 2)
        {
            var batch = await ReadAsync(reader);
            Assert.False(batch.IsAll);
            seen.AddRange(batch.Changes);
        }

        Assert.Equal([false, true], seen.Select(change => change.IsDeleted));
    }

    [Fact]
    public async Task Feed_ThatFellBehind_GetsEverythingAgain()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { History = new HistoryLimits { MaxChanges = 2 } });
        var reader = api.Api.Feed.Open(ConfigMaps);
        var kinds = (await ReadAsync(api.Api.Feed.Open())).Changes.Select(change => change.Kind.Kind).Distinct();
        Assert.Contains("Namespace", kinds);
        await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("first"));
        Assert.True((await ReadAsync(reader)).IsAll);

        for (var i = 0; i < 5; i++)
            await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap($"c{i}"));
        var batch = await ReadAsync(reader);

        Assert.True(batch.IsAll);
        Assert.Equal(6, batch.Changes.Count);
    }

    private static ValueTask<ObjectBatch> ReadAsync(IObjectFeedReader reader) => reader.ReadAsync(TestContext.Current.CancellationToken);
}
