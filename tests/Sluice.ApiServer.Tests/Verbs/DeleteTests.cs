using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

public sealed class DeleteTests : IAsyncDisposable
{
    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Delete_AnObject_AnswersItsUid()
    {
        var made = await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"));

        var gone = (await _api.DeleteAsync(ApiHarness.ConfigMaps + "/c")).Expect(200);

        Assert.Equal("Success", gone.TextAt("status"));
        Assert.Equal(made.TextAt("metadata.uid"), gone.TextAt("details.uid"));
        (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(404);
        (await _api.DeleteAsync(ApiHarness.ConfigMaps + "/c")).Expect(404);
    }

    [Fact]
    public async Task Delete_WithFinalizers_Waits()
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c", metadata: ",'finalizers':['example.com/x']"));

        Assert.NotEqual("", (await _api.DeleteAsync(ApiHarness.ConfigMaps + "/c")).Expect(200).TextAt("metadata.deletionTimestamp"));
        (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(200);
        (await _api.PatchAsync(ApiHarness.ConfigMaps + "/c", "{'metadata':{'finalizers':['example.com/x','example.com/y']}}")).Expect(422);
        (await _api.PatchAsync(ApiHarness.ConfigMaps + "/c", "{'metadata':{'finalizers':null}}")).Expect(200);
        (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(404);
    }

    [Theory]
    [InlineData("{'preconditions':{'uid':'other'}}", 409)]
    [InlineData("{'preconditions':{'resourceVersion':'1'}}", 409)]
    [InlineData("{'propagationPolicy':'Sideways'}", 400)]
    [InlineData("{'kind':'ConfigMap'}", 400)]
    public async Task Delete_OptionsThatDoNotHold_AreRefused(string options, int status)
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"));

        (await _api.DeleteAsync(ApiHarness.ConfigMaps + "/c", ApiHarness.Json(options))).Expect(status);
        (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(200);
    }

    [Fact]
    public async Task Delete_DryRun_KeepsIt()
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"));

        (await _api.DeleteAsync(ApiHarness.ConfigMaps + "/c?dryRun=All")).Expect(200);
        (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).Expect(200);
    }

    [Fact]
    public async Task DeleteCollection_FollowsSelectors()
    {
        foreach (var (name, label) in new[] { ("a", "x"), ("b", "x"), ("c", "y") })
            await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap(name, metadata: $",'labels':{{'l':'{label}'}}"));

        var gone = (await _api.DeleteAsync(ApiHarness.ConfigMaps + "?labelSelector=l%3Dx")).Expect(200);

        Assert.Equal(2, gone.At("items")!.AsArray().Count);
        Assert.Equal("c", (await _api.GetAsync(ApiHarness.ConfigMaps)).TextAt("items.0.metadata.name"));
    }

    [Fact]
    public async Task Delete_AnOwner_TakesItsDependentsAlong()
    {
        var owner = await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("owner"));
        var reference = $",'ownerReferences':[{{'apiVersion':'v1','kind':'ConfigMap','name':'owner','uid':'{owner.TextAt("metadata.uid")}'}}]";
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("owned", metadata: reference));
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=true&fieldSelector=metadata.name%3Downed");

        await _api.DeleteAsync(ApiHarness.ConfigMaps + "/owner");

        Assert.Equal(["ADDED owned", "DELETED owned"], await watch.NamesAsync(2));
    }

    [Fact]
    public async Task Delete_AnOwnerOrphaning_LeavesItsDependents()
    {
        var owner = await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("owner"));
        var reference = $",'ownerReferences':[{{'apiVersion':'v1','kind':'ConfigMap','name':'owner','uid':'{owner.TextAt("metadata.uid")}'}}]";
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("owned", metadata: reference));

        await _api.DeleteAsync(ApiHarness.ConfigMaps + "/owner?propagationPolicy=Orphan");

        Assert.Null((await _api.GetAsync(ApiHarness.ConfigMaps + "/owned")).Expect(200).At("metadata.ownerReferences"));
    }

    [Fact]
    public async Task Create_WithAnOwnerThatDoesNotExist_IsCollected()
    {
        await using var watch = await _api.WatchAsync($"{ApiHarness.ConfigMaps}?watch=true&fieldSelector=metadata.name%3Downed");

        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("owned", metadata: ",'ownerReferences':[{'apiVersion':'v1','kind':'ConfigMap','name':'gone','uid':'1'}]"));

        Assert.Equal(["ADDED owned", "DELETED owned"], await watch.NamesAsync(2));
    }

    [Fact]
    public async Task Delete_ANamespace_EmptiesItFirst()
    {
        (await _api.PostAsync("/api/v1/namespaces", ApiHarness.Json("{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'team'}}"))).Expect(201);
        (await _api.PostAsync("/api/v1/namespaces/team/configmaps", ApiHarness.ConfigMap("held", metadata: ",'finalizers':['example.com/x']"))).Expect(201);
        (await _api.PostAsync("/api/v1/namespaces/team/configmaps", ApiHarness.ConfigMap("free"))).Expect(201);
        await using var watch = await _api.WatchAsync("/api/v1/namespaces?watch=true&fieldSelector=metadata.name%3Dteam");

        Assert.Equal("Terminating", (await _api.DeleteAsync("/api/v1/namespaces/team")).Expect(200).TextAt("status.phase"));
        Assert.Equal(["ADDED team", "MODIFIED team"], await watch.NamesAsync(2));
        var refused = (await _api.PostAsync("/api/v1/namespaces/team/configmaps", ApiHarness.ConfigMap("late"))).Expect(403);
        Assert.Equal("NamespaceTerminating", refused.TextAt("details.causes.0.reason"));
        (await _api.PatchAsync("/api/v1/namespaces/team/configmaps/held", "{'metadata':{'finalizers':null}}")).Expect(200);

        Assert.Equal(["DELETED team"], await watch.NamesAsync(1));
        (await _api.GetAsync("/api/v1/namespaces/team")).Expect(404);
        (await _api.GetAsync("/api/v1/namespaces/team/configmaps/held")).Expect(404);
    }

    [Fact]
    public async Task Delete_TheDefaultNamespace_IsForbidden() => (await _api.DeleteAsync("/api/v1/namespaces/default")).Expect(403);

    [Theory]
    [InlineData("/api/v1/namespaces")]
    [InlineData("/api/v1/namespaces?labelSelector=kubernetes.io/metadata.name")]
    public async Task DeleteCollection_OfNamespaces_IsNotPossible(string path)
    {
        (await _api.DeleteAsync(path)).Expect(405);

        (await _api.GetAsync("/api/v1/namespaces/default")).Expect(200);
        Assert.Equal("", (await _api.GetAsync("/api/v1/namespaces/kube-system")).TextAt("metadata.deletionTimestamp"));
        Assert.DoesNotContain((await _api.GetAsync("/api/v1")).Json["resources"]!.AsArray(), one => (string?)one!["name"] == "namespaces" && one["verbs"]!.AsArray().Any(verb => (string?)verb == "deletecollection"));
    }
}
