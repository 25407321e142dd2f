using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

public sealed class ListTests : IAsyncDisposable
{
    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task List_ByPages_IsOfOneMoment()
    {
        await MakeAsync("a", "b", "c", "d", "e");

        var first = (await _api.GetAsync(ApiHarness.ConfigMaps + "?limit=2")).Expect(200);
        await _api.DeleteAsync(ApiHarness.ConfigMaps + "/c");
        await MakeAsync("cc");
        await _api.PatchAsync(ApiHarness.ConfigMaps + "/d", "{'data':{'new':'1'}}");
        var second = (await _api.GetAsync($"{ApiHarness.ConfigMaps}?limit=2&continue={first.TextAt("metadata.continue")}")).Expect(200);
        var third = (await _api.GetAsync($"{ApiHarness.ConfigMaps}?limit=2&continue={second.TextAt("metadata.continue")}")).Expect(200);

        Assert.Equal("3", first.TextAt("metadata.remainingItemCount"));
        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(["c", "d"], Names(second));
        Assert.Null(second.At("items.1.data.new"));
        Assert.Equal(["e"], Names(third));
        Assert.Null(third.At("metadata.continue"));
        Assert.Equal(first.TextAt("metadata.resourceVersion"), third.TextAt("metadata.resourceVersion"));
    }

    [Theory]
    [InlineData("app%3Dweb", "a,b")]
    [InlineData("app%3D%3Dweb,tier%3Dfront", "a")]
    [InlineData("app!%3Dweb", "c,d")]
    [InlineData("app in (web, db)", "a,b,c")]
    [InlineData("app notin (web)", "c,d")]
    [InlineData("app", "a,b,c")]
    [InlineData("!app", "d")]
    [InlineData("size>1", "c")]
    [InlineData("size<2,app", "b")]
    public async Task List_ByLabels_FindsTheRight(string selector, string expected)
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a", metadata: ",'labels':{'app':'web','tier':'front'}"));
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("b", metadata: ",'labels':{'app':'web','size':'1'}"));
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c", metadata: ",'labels':{'app':'db','size':'10'}"));
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("d"));

        Assert.Equal(expected.Split(','), Names((await _api.GetAsync($"{ApiHarness.ConfigMaps}?labelSelector={selector}")).Expect(200)));
    }

    [Theory]
    [InlineData("labelSelector=a in")]
    [InlineData("labelSelector=a b")]
    [InlineData("labelSelector=a%3D%3D%3D")]
    [InlineData("labelSelector=a,")]
    [InlineData("labelSelector=size>x")]
    [InlineData("fieldSelector=spec.nope%3D1")]
    [InlineData("fieldSelector=metadata.name")]
    [InlineData("limit=x")]
    [InlineData("continue=nope")]
    [InlineData("resourceVersion=x")]
    [InlineData("resourceVersionMatch=Exact")]
    [InlineData("resourceVersion=1&resourceVersionMatch=Sometimes")]
    public async Task List_ParametersThatAreWrong_Are400(string query) => (await _api.GetAsync($"{ApiHarness.ConfigMaps}?{query}")).Expect(400);

    [Theory]
    [InlineData("secrets", "type%3Dkubernetes.io/tls", "tls")]
    [InlineData("secrets", "type!%3Dkubernetes.io/tls", "plain")]
    [InlineData("secrets", "metadata.name%3Dplain,metadata.namespace%3Ddefault", "plain")]
    public async Task List_ByFields_FindsTheRight(string plural, string selector, string expected)
    {
        var path = $"/api/v1/namespaces/default/{plural}";
        await _api.PostAsync(path, ApiHarness.Json("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'plain'}}"));
        (await _api.PostAsync(path, ApiHarness.Json("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'tls'},'type':'kubernetes.io/tls','data':{'tls.crt':'YQ==','tls.key':'YQ=='}}"))).Expect(201);

        Assert.Equal([expected], Names((await _api.GetAsync($"{path}?fieldSelector={selector}")).Expect(200)));
    }

    [Fact]
    public async Task List_OfAnOldVersion_ShowsIt_AndOfAFutureOne_TimesOut()
    {
        await MakeAsync("a");
        var version = (await _api.GetAsync(ApiHarness.ConfigMaps)).TextAt("metadata.resourceVersion");
        await MakeAsync("b");

        Assert.Equal(["a"], Names((await _api.GetAsync($"{ApiHarness.ConfigMaps}?resourceVersion={version}&resourceVersionMatch=Exact")).Expect(200)));
        Assert.Equal(["a", "b"], Names((await _api.GetAsync($"{ApiHarness.ConfigMaps}?resourceVersion={version}&resourceVersionMatch=NotOlderThan")).Expect(200)));
        var future = (await _api.GetAsync($"{ApiHarness.ConfigMaps}?resourceVersion=9999999999999999")).Expect(504);
        Assert.Equal("ResourceVersionTooLarge", future.TextAt("details.causes.0.reason"));
        Assert.Equal("Expired", (await _api.GetAsync($"{ApiHarness.ConfigMaps}?resourceVersion=1&resourceVersionMatch=Exact")).Expect(410).TextAt("reason"));
    }

    [Fact]
    public async Task List_AsTable_HasTheKindsColumns()
    {
        await _api.PostAsync(ApiHarness.Services, ApiHarness.Json("{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}"));

        var table = (await _api.GetAsync(ApiHarness.Services, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")).Expect(200);

        Assert.Equal("Table", table.TextAt("kind"));
        Assert.Equal(
            ["Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector"],
            table.At("columnDefinitions")!.AsArray().Select(column => column!["name"]!.ToString()));
        Assert.Equal("80/TCP", table.TextAt("rows.0.cells.4"));
        Assert.Equal("PartialObjectMetadata", table.TextAt("rows.0.object.kind"));
    }

    [Fact]
    public async Task List_AsMetadata_HasNothingElse()
    {
        await MakeAsync("a");

        var list = (await _api.GetAsync(ApiHarness.ConfigMaps, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")).Expect(200);

        Assert.Equal("PartialObjectMetadataList", list.TextAt("kind"));
        Assert.Equal("a", list.TextAt("items.0.metadata.name"));
        Assert.Null(list.At("items.0.data"));
    }

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf", 406)]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", 200)]
    [InlineData("*/*", 200)]
    public async Task List_AcceptedTypes_AreHonoured(string accept, int status) => (await _api.GetAsync(ApiHarness.ConfigMaps, accept)).Expect(status);

    [Fact]
    public async Task List_LargerThanOneWrite_IsWhole()
    {
        for (var i = 0; i < 30; i++)
            await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap($"c{i:00}", ",'data':{'x':'" + new string('x', 60_000) + "'}"));

        Assert.Equal(30, Names((await _api.GetAsync("/api/v1/configmaps")).Expect(200)).Count);
    }

    private async Task MakeAsync(params string[] names)
    {
        foreach (var name in names)
            (await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap(name))).Expect(201);
    }

    private static List<string> Names(ApiAnswer list) => [.. list.At("items")!.AsArray().Select(item => item!["metadata"]!["name"]!.ToString())];
}
