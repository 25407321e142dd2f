using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Apply;

public sealed class ServerSideApplyTests : IAsyncDisposable
{
    private const string Path = ApiHarness.ConfigMaps + "/c";
    private const string ServicePath = ApiHarness.Services + "/s";

    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Apply_WhatIsNotThere_MakesIt()
    {
        var made = (await _api.ApplyAsync(Path, "a", Map("'k':'1'"))).Expect(201);

        Assert.Equal("{\"f:data\":{\"f:k\":{}}}", made.At("metadata.managedFields.0.fieldsV1")!.ToJsonString());
        Assert.Equal("Apply", made.TextAt("metadata.managedFields.0.operation"));
        Assert.Equal("a", made.TextAt("metadata.managedFields.0.manager"));
    }

    [Fact]
    public async Task Apply_TheSame_WritesNothing()
    {
        var made = (await _api.ApplyAsync(Path, "a", Map("'k':'1'"))).Expect(201);

        Assert.Equal(made.Text, (await _api.ApplyAsync(Path, "a", Map("'k':'1'"))).Expect(200).Text);
    }

    [Fact]
    public async Task Apply_WhatIsNoLongerGiven_IsRemoved()
    {
        await _api.ApplyAsync(Path, "a", Map("'k':'1','l':'2'"));
        await _api.PatchAsync(Path, "{'data':{'other':'3'}}");

        var applied = (await _api.ApplyAsync(Path, "a", Map("'k':'1'"))).Expect(200);

        Assert.Equal("{\"k\":\"1\",\"other\":\"3\"}", applied.At("data")!.ToJsonString());
    }

    [Fact]
    public async Task Apply_AFieldOfAnother_ConflictsUnlessForced()
    {
        await _api.ApplyAsync(Path, "a", Map("'k':'1'"));

        var conflict = (await _api.ApplyAsync(Path, "b", Map("'k':'2'"))).Expect(409);
        Assert.Contains("Apply failed with 1 conflict: conflict with \"a\": .data.k", conflict.TextAt("message"), StringComparison.Ordinal);
        Assert.Equal("FieldManagerConflict", conflict.TextAt("details.causes.0.reason"));
        Assert.Equal(".data.k", conflict.TextAt("details.causes.0.field"));

        var forced = (await _api.ApplyAsync(Path, "b", Map("'k':'2'"), force: true)).Expect(200);
        Assert.Equal(["b"], Managers(forced));

        // The loser says it again: a conflict, too.
        (await _api.ApplyAsync(Path, "a", Map("'k':'1'"))).Expect(409);
    }

    [Fact]
    public async Task Apply_TheSameValue_IsShared()
    {
        await _api.ApplyAsync(Path, "a", Map("'k':'1'"));
        var shared = (await _api.ApplyAsync(Path, "b", Map("'k':'1'"))).Expect(200);
        Assert.Equal(["a", "b"], Managers(shared).Order());

        // One lets go: the value stays the other's.
        Assert.Equal("1", (await _api.ApplyAsync(Path, "b", Map(""))).Expect(200).TextAt("data.k"));
        Assert.Null((await _api.ApplyAsync(Path, "a", Map(""))).Expect(200).At("data.k"));
    }

    [Fact]
    public async Task Apply_AfterAnUpdate_ConflictsWithTheUpdater()
    {
        await _api.ApplyAsync(Path, "a", Map("'k':'1'"));
        await _api.PatchAsync(Path, "{'data':{'k':'9'}}");

        var conflict = (await _api.ApplyAsync(Path, "a", Map("'k':'1'"))).Expect(409);

        Assert.Contains("conflict with \"tests\" using v1: .data.k", conflict.TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ListsWithKeys_AreMergedByThem()
    {
        await _api.ApplyAsync(ServicePath, "a", Service("{'name':'x','port':80}"));
        await _api.ApplyAsync(ServicePath, "b", Service("{'name':'y','port':81}"));

        var both = (await _api.GetAsync(ServicePath)).Expect(200);
        Assert.Equal(["x", "y"], both.At("spec.ports")!.AsArray().Select(port => port!["name"]!.ToString()));
        var keys = both.At("metadata.managedFields.0.fieldsV1")!["f:spec"]!["f:ports"]!.AsObject().Select(pair => pair.Key);
        Assert.Equal(["k:{\"port\":80,\"protocol\":\"TCP\"}"], keys);

        var less = (await _api.ApplyAsync(ServicePath, "a", Service(""))).Expect(200);
        Assert.Equal(["y"], less.At("spec.ports")!.AsArray().Select(port => port!["name"]!.ToString()));
    }

    [Fact]
    public async Task Apply_AtomicListsWithDefaults_AreNoConflictWhenTheSame()
    {
        var route = ApiHarness.Route("r");
        await _api.PostAsync(ApiHarness.Routes, route);

        (await _api.ApplyAsync(ApiHarness.Routes + "/r", "a", route)).Expect(200);
    }

    [Fact]
    public async Task Apply_Status_OwnsStatusOnly()
    {
        await _api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"));
        var status = ApiHarness.Route("r", "{'hostnames':['ignored.example']}").Replace("\"spec\"", ApiHarness.Json("'status':{'parents':[{'controllerName':'example.com/c','parentRef':{'name':'gw'},'conditions':[{'type':'Accepted','status':'True','reason':'Accepted','message':'','lastTransitionTime':'2025-01-01T00:00:00Z'}]}]},'spec'"), StringComparison.Ordinal);

        var applied = (await _api.ApplyAsync(ApiHarness.Routes + "/r/status", "c", status)).Expect(200);

        Assert.Null(applied.At("spec.hostnames"));
        Assert.Equal("example.com/c", applied.TextAt("status.parents.0.controllerName"));
        var entry = applied.At("metadata.managedFields")!.AsArray().Single(entry => entry!["manager"]!.ToString() == "c")!;
        Assert.Equal("status", entry["subresource"]!.ToString());
        Assert.Equal(["f:status"], entry["fieldsV1"]!.AsObject().Select(pair => pair.Key));
        (await _api.ApplyAsync(ApiHarness.Routes + "/nope/status", "c", status.Replace("\"r\"", "\"nope\"", StringComparison.Ordinal))).Expect(404);
    }

    [Fact]
    public async Task Apply_Owners_AreMergedByUid()
    {
        var owner = await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("owner"));
        var reference = $",'ownerReferences':[{{'apiVersion':'v1','kind':'ConfigMap','name':'owner','uid':'{owner.TextAt("metadata.uid")}'}}]";
        var body = ApiHarness.ConfigMap("c", metadata: reference);

        (await _api.ApplyAsync(Path, "a", body)).Expect(201);
        (await _api.ApplyAsync(Path, "b", body)).Expect(200);

        Assert.Single((await _api.GetAsync(Path)).At("metadata.ownerReferences")!.AsArray());
    }

    [Theory]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c','managedFields':[{}]}}", 400, "managedFields")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'other'}}", 400, "name \"other\"")]
    [InlineData("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'c'}}", 400, "kind \"ConfigMap\"")]
    public async Task Apply_WhatIsWrong_SaysWhat(string body, int status, string message) =>
        Assert.Contains(message, (await _api.ApplyAsync(Path, "a", body)).Expect(status).TextAt("message"), StringComparison.Ordinal);

    [Fact]
    public async Task Apply_DryRun_KeepsNothing()
    {
        (await _api.SendAsync("PATCH", Path + "?fieldManager=a&dryRun=All", ApiHarness.Json(Map("'k':'1'")), ApiHarness.ApplyPatch)).Expect(201);

        (await _api.GetAsync(Path)).Expect(404);
    }

    [Fact]
    public async Task Apply_Yaml_Works() =>
        Assert.Equal("1", (await _api.ApplyAsync(Path, "a", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  k: \"1\"\n")).Expect(201).TextAt("data.k"));

    [Fact]
    public async Task Update_ByManyManagers_KeepsTheirNumberBounded()
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"));
        for (var i = 0; i < 30; i++)
            (await _api.SendAsync("PATCH", $"{Path}?fieldManager=m{i}", $"{{\"data\":{{\"k{i}\":\"v\"}}}}", ApiHarness.MergePatch)).Expect(200);

        Assert.InRange((await _api.GetAsync(Path)).At("metadata.managedFields")!.AsArray().Count, 2, 11);
    }

    private static string Map(string data) => ApiHarness.Json($"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'c'}},'data':{{{data}}}}}");

    private static string Service(string ports) => ApiHarness.Json($"{{'apiVersion':'v1','kind':'Service','metadata':{{'name':'s'}},'spec':{{'ports':[{ports}],'clusterIP':'None'}}}}");

    private static IEnumerable<string> Managers(ApiAnswer answer) => answer.At("metadata.managedFields")!.AsArray().Select(entry => entry!["manager"]!.ToString());
}
