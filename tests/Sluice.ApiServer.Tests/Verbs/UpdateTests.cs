using System.Text.Json.Nodes;
using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

public sealed class UpdateTests : IAsyncDisposable
{
    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Update_TheSpec_CountsGeneration()
    {
        var route = await RouteAsync();
        route["spec"]!["hostnames"] = new JsonArray("a.example");

        var updated = (await _api.PutAsync(ApiHarness.Routes + "/r", route.ToJsonString())).Expect(200);

        Assert.Equal("2", updated.TextAt("metadata.generation"));
        Assert.Equal(route["metadata"]!["uid"]!.ToString(), updated.TextAt("metadata.uid"));
        Assert.NotEqual(route["metadata"]!["resourceVersion"]!.ToString(), updated.TextAt("metadata.resourceVersion"));
    }

    [Fact]
    public async Task Update_OnlyMetadata_KeepsGeneration()
    {
        var route = await RouteAsync();
        route["metadata"]!["labels"] = new JsonObject { ["a"] = "b" };

        var updated = (await _api.PutAsync(ApiHarness.Routes + "/r", route.ToJsonString())).Expect(200);

        Assert.Equal("1", updated.TextAt("metadata.generation"));
        Assert.Equal("b", updated.TextAt("metadata.labels.a"));
    }

    [Fact]
    public async Task Update_WithTheSame_WritesNothing()
    {
        var route = await RouteAsync();

        var updated = (await _api.PutAsync(ApiHarness.Routes + "/r", route.ToJsonString())).Expect(200);

        Assert.Equal(route["metadata"]!["resourceVersion"]!.ToString(), updated.TextAt("metadata.resourceVersion"));
    }

    [Fact]
    public async Task Update_OfAnOldVersion_Conflicts()
    {
        var route = await RouteAsync();
        await _api.PatchAsync(ApiHarness.Routes + "/r", "{'metadata':{'labels':{'x':'y'}}}");

        Assert.Equal("Conflict", (await _api.PutAsync(ApiHarness.Routes + "/r", route.ToJsonString())).Expect(409).TextAt("reason"));
        route["metadata"]!.AsObject().Remove("resourceVersion");
        (await _api.PutAsync(ApiHarness.Routes + "/r", route.ToJsonString())).Expect(422);
    }

    [Fact]
    public async Task Update_OfWhatIsNotThere_Is404() =>
        (await _api.PutAsync(ApiHarness.ConfigMaps + "/nope", ApiHarness.ConfigMap("nope"))).Expect(404);

    [Fact]
    public async Task Update_AnotherUid_Conflicts()
    {
        var route = await RouteAsync();
        route["metadata"]!["uid"] = Guid.NewGuid().ToString();

        (await _api.PutAsync(ApiHarness.Routes + "/r", route.ToJsonString())).Expect(409);
    }

    [Fact]
    public async Task Update_Status_AndMain_KeepOutOfEachOther()
    {
        var route = await RouteAsync();
        var status = ApiHarness.Json("{'parents':[{'controllerName':'example.com/c','parentRef':{'name':'gw'},'conditions':[{'type':'Accepted','status':'True','reason':'Accepted','message':'','lastTransitionTime':'2025-01-01T00:00:00Z'}]}]}");
        route["status"] = JsonNode.Parse(status);
        route["spec"]!["hostnames"] = new JsonArray("ignored.example");

        var written = (await _api.PutAsync(ApiHarness.Routes + "/r/status", route.ToJsonString())).Expect(200);
        Assert.Null(written.At("spec.hostnames"));
        Assert.Equal("example.com/c", written.TextAt("status.parents.0.controllerName"));
        Assert.Equal("1", written.TextAt("metadata.generation"));

        var main = written.Json;
        main["status"] = new JsonObject { ["parents"] = new JsonArray() };
        Assert.Equal("example.com/c", (await _api.PutAsync(ApiHarness.Routes + "/r", main.ToJsonString())).Expect(200).TextAt("status.parents.0.controllerName"));
        Assert.Contains(written.Json["metadata"]!["managedFields"]!.AsArray(), entry => entry!["subresource"]?.ToString() == "status");
    }

    [Fact]
    public async Task Update_StatusOfTheWrongShape_IsRefused()
    {
        await RouteAsync();

        var answer = (await _api.PatchAsync(ApiHarness.Routes + "/r/status", "{'status':{'parents':[{'controllerName':7}]}}")).Expect(422);

        Assert.Contains("status.parents[0].controllerName", answer.TextAt("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secrets", "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'x'},'type':'a/b','data':{'k':'YQ=='}}", "{'type':'c/d'}", "type")]
    [InlineData("configmaps", "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'},'immutable':true,'data':{'k':'v'}}", "{'data':{'k':'w'}}", "immutable")]
    [InlineData("services", "{'apiVersion':'v1','kind':'Service','metadata':{'name':'x'},'spec':{'ports':[{'port':80}]}}", "{'spec':{'clusterIP':'10.96.9.9','clusterIPs':['10.96.9.9']}}", "spec.clusterIP")]
    public async Task Update_WhatIsFixed_IsRefused(string plural, string body, string patch, string field)
    {
        var path = $"/api/v1/namespaces/default/{plural}";
        (await _api.PostAsync(path, ApiHarness.Json(body))).Expect(201);

        Assert.Contains(field, (await _api.PatchAsync(path + "/x", patch)).Expect(422).TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ControllerNameOfAClass_IsRefused()
    {
        const string Path = "/apis/gateway.networking.k8s.io/v1/gatewayclasses";
        (await _api.PostAsync(Path, ApiHarness.Json("{'apiVersion':'gateway.networking.k8s.io/v1','kind':'GatewayClass','metadata':{'name':'c'},'spec':{'controllerName':'example.com/a'}}"))).Expect(201);

        (await _api.PatchAsync(Path + "/c", "{'spec':{'controllerName':'example.com/b'}}")).Expect(422);
    }

    [Fact]
    public async Task Update_ManyAtOnce_LosesNone()
    {
        (await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c", ""))).Expect(201);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            (await _api.PatchAsync(ApiHarness.ConfigMaps + "/c", $"{{'data':{{'k{i}':'v'}}}}")).Expect(200))));

        Assert.Equal(20, (await _api.GetAsync(ApiHarness.ConfigMaps + "/c")).At("data")!.AsObject().Count);
    }

    private async Task<JsonObject> RouteAsync() => (await _api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"))).Expect(201).Json;
}
