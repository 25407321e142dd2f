using System.Text.Json.Nodes;
using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Discovery;

public sealed class DiscoveryTests : IAsyncDisposable
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Groups_InBothForms_AreTheSame()
    {
        var plain = (await _api.GetAsync("/apis")).Expect(200);
        var aggregated = (await _api.GetAsync("/apis", Aggregated)).Expect(200);

        Assert.Equal("APIGroupList", plain.TextAt("kind"));
        Assert.Equal("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", aggregated.ContentType);
        Assert.Equal(
            plain.At("groups")!.AsArray().Select(group => group!["name"]!.ToString()),
            aggregated.At("items")!.AsArray().Select(group => group!["metadata"]!["name"]!.ToString()));
    }

    [Fact]
    public async Task Core_InBothForms_HasItsKinds()
    {
        Assert.Equal("v1", (await _api.GetAsync("/api")).Expect(200).TextAt("versions.0"));
        var resources = (await _api.GetAsync("/api", Aggregated)).Expect(200).At("items.0.versions.0.resources")!.AsArray();
        var services = resources.Single(resource => resource!["resource"]!.ToString() == "services")!;
        Assert.Equal("Namespaced", services["scope"]!.ToString());
        Assert.Equal("status", services["subresources"]![0]!["subresource"]!.ToString());
        var names = (await _api.GetAsync("/api/v1")).Expect(200).At("resources")!.AsArray().Select(resource => resource!["name"]!.ToString());
        Assert.Contains("services/status", names);
        Assert.Contains("namespaces/finalize", names);
    }

    [Theory]
    [InlineData("/apis/gateway.networking.k8s.io", "APIGroup")]
    [InlineData("/apis/gateway.networking.k8s.io/v1", "APIResourceList")]
    [InlineData("/apis/gateway.networking.k8s.io/v1beta1", "APIResourceList")]
    [InlineData("/apis/apps/v1", "APIResourceList")]
    public async Task Documents_AreThere(string path, string kind) => Assert.Equal(kind, (await _api.GetAsync(path)).Expect(200).TextAt("kind"));

    [Theory]
    [InlineData("/apis/nope")]
    [InlineData("/apis/apps/v9")]
    [InlineData("/api/v2")]
    [InlineData("/apis/apps/v1/nope")]
    [InlineData("/api/v1/namespaces/default/services/x/nope")]
    [InlineData("/api/v1/services/x")]
    [InlineData("/nope")]
    [InlineData("/")]
    public async Task WhatIsNotServed_Is404(string path) => Assert.Equal("NotFound", (await _api.GetAsync(path)).Expect(404).TextAt("reason"));

    [Theory]
    [InlineData("POST", "/api/v1/namespaces/default/services/x")]
    [InlineData("PUT", "/api/v1/namespaces/default/services")]
    [InlineData("POST", "/api/v1/services")]
    [InlineData("DELETE", "/api/v1/services")]
    [InlineData("GET", "/apis/authentication.k8s.io/v1/tokenreviews")]
    [InlineData("OPTIONS", "/api/v1/services")]
    public async Task WhatIsNotPossible_Is405(string method, string path) => (await _api.SendAsync(method, path)).Expect(405);

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task Health_IsOk(string path) => Assert.Equal("ok", (await _api.GetAsync(path)).Expect(200).Text);

    [Fact]
    public async Task Version_IsOneThatClientsUnderstand() => Assert.Equal("v1.36.0+sluice", (await _api.GetAsync("/version")).Expect(200).TextAt("gitVersion"));

    [Fact]
    public async Task OpenApi_IndexNamesDocumentsThatAreThere()
    {
        var paths = (await _api.GetAsync("/openapi/v3")).Expect(200).At("paths")!.AsObject();

        Assert.Contains("apis/gateway.networking.k8s.io/v1", paths.Select(pair => pair.Key));
        foreach (var (path, entry) in paths)
        {
            var document = (await _api.GetAsync(entry!["serverRelativeURL"]!.ToString())).Expect(200);
            Assert.Equal("3.0.0", document.TextAt("openapi"));
            Assert.NotEmpty(document.At("paths")!.AsObject());
            Assert.Contains(document.Headers, header => header.Key == "etag");
            Assert.StartsWith("api", path, StringComparison.Ordinal);
        }

        (await _api.GetAsync("/openapi/v3/apis/nope/v1")).Expect(404);
        (await _api.GetAsync("/openapi/v2")).Expect(406);
    }

    [Fact]
    public async Task Definitions_OfCustomKinds_TellTheirBundle()
    {
        var definition = (await _api.GetAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/httproutes.gateway.networking.k8s.io")).Expect(200);

        Assert.Equal("v1.6.1", definition.Json["metadata"]!["annotations"]!["gateway.networking.k8s.io/bundle-version"]!.ToString());
        Assert.Contains(definition.At("status.conditions")!.AsArray(), condition => condition!["type"]!.ToString() == "Established" && condition["status"]!.ToString() == "True");
    }

    [Fact]
    public async Task Events_OfBothGroups_AreOneStorage()
    {
        const string Path = "/apis/events.k8s.io/v1/namespaces/default/events";
        var body = ApiHarness.Json("{'apiVersion':'events.k8s.io/v1','kind':'Event','metadata':{'name':'e'},'eventTime':'2025-01-01T00:00:00.000000Z','reportingController':'c','reportingInstance':'i','action':'a','reason':'r','regarding':{'kind':'Gateway','name':'g','namespace':'default'},'note':'hello','type':'Normal'}");

        Assert.Equal("hello", (await _api.PostAsync(Path, body)).Expect(201).TextAt("note"));

        var core = (await _api.GetAsync("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dg")).Expect(200);
        Assert.Equal("hello", core.TextAt("items.0.message"));
        Assert.Equal("c", core.TextAt("items.0.reportingComponent"));
        Assert.Equal("v1", core.TextAt("items.0.apiVersion"));
        Assert.Equal("g", (await _api.GetAsync(Path + "?fieldSelector=regarding.name%3Dg")).Expect(200).TextAt("items.0.regarding.name"));
        var patched = (await _api.PatchAsync(Path + "/e", "{'note':'bye'}")).Expect(200);
        Assert.Equal("bye", patched.TextAt("note"));
        Assert.Equal(JsonValue.Create("bye").ToString(), (await _api.GetAsync("/api/v1/namespaces/default/events/e")).TextAt("message"));
    }

    [Fact]
    public async Task OldVersions_Warn()
    {
        var answer = (await _api.GetAsync("/apis/gateway.networking.k8s.io/v1beta1/gatewayclasses")).Expect(200);

        Assert.All(answer.Warnings, warning => Assert.StartsWith("299 - \"", warning, StringComparison.Ordinal));
    }
}
