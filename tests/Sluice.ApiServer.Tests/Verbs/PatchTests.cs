using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

public sealed class PatchTests : IAsyncDisposable
{
    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData(ApiHarness.MergePatch, "{'data':{'a':null,'b':'2'}}")]
    [InlineData(ApiHarness.StrategicPatch, "{'data':{'a':null,'b':'2'}}")]
    [InlineData(ApiHarness.JsonPatch, "[{'op':'remove','path':'/data/a'},{'op':'add','path':'/data/b','value':'2'}]")]
    public async Task Patch_OfEachKind_Changes(string type, string patch)
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c"));

        var patched = (await _api.PatchAsync(ApiHarness.ConfigMaps + "/c", patch, type)).Expect(200);

        Assert.Equal("{\"b\":\"2\"}", patched.At("data")!.ToJsonString());
    }

    [Fact]
    public async Task Patch_StrategicOfService_MergesPorts()
    {
        await _api.PostAsync(ApiHarness.Services, ApiHarness.Json("{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':[{'name':'a','port':80}]}}"));

        var patched = (await _api.PatchAsync(ApiHarness.Services + "/s", "{'spec':{'ports':[{'name':'b','port':81}]}}", ApiHarness.StrategicPatch)).Expect(200);

        Assert.Equal(2, patched.At("spec.ports")!.AsArray().Count);
    }

    [Theory]
    [InlineData(ApiHarness.StrategicPatch, "{}", 415, "merge-patch")]
    [InlineData("application/json", "{}", 415, "merge-patch")]
    [InlineData(ApiHarness.JsonPatch, "{}", 400, "list of operations")]
    [InlineData(ApiHarness.JsonPatch, "[{'op':'test','path':'/spec/x','value':1}]", 422, "does not fit")]
    [InlineData(ApiHarness.JsonPatch, "[{'op':'replace','path':'','value':[]}]", 422, "no object")]
    [InlineData(ApiHarness.MergePatch, "[]", 400, "must be an object")]
    [InlineData(ApiHarness.MergePatch, "{'metadata':{'resourceVersion':'1'}}", 409, "modified")]
    [InlineData(ApiHarness.MergePatch, "{'metadata':{'name':'other'}}", 400, "name \"other\"")]
    [InlineData(ApiHarness.MergePatch, "{'kind':'Gateway'}", 400, "the kind \"HTTPRoute\"")]
    [InlineData(ApiHarness.ApplyPatch, "{'apiVersion':'gateway.networking.k8s.io/v1','kind':'HTTPRoute'}", 400, "fieldManager")]
    public async Task Patch_WhatIsWrong_SaysWhat(string type, string patch, int status, string message)
    {
        await _api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"));

        Assert.Contains(message, (await _api.PatchAsync(ApiHarness.Routes + "/r", patch, type)).Expect(status).TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_OfAnotherVersion_SpeaksThatVersion()
    {
        await _api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"));
        var path = ApiHarness.Routes.Replace("/v1/", "/v1beta1/", StringComparison.Ordinal) + "/r";

        var patched = (await _api.PatchAsync(path, "{'metadata':{'labels':{'a':'b'}}}")).Expect(200);

        Assert.Equal("gateway.networking.k8s.io/v1beta1", patched.TextAt("apiVersion"));
        Assert.Equal("gateway.networking.k8s.io/v1", (await _api.GetAsync(ApiHarness.Routes + "/r")).TextAt("apiVersion"));
    }
}
