using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

public sealed class CreateTests : IAsyncDisposable
{
    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Create_AnObject_GetsWhatTheServerGives()
    {
        var created = (await _api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r"))).Expect(201);

        Assert.Equal("default", created.TextAt("metadata.namespace"));
        Assert.Equal("1", created.TextAt("metadata.generation"));
        Assert.True(Guid.TryParse(created.TextAt("metadata.uid"), out _));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", created.TextAt("metadata.creationTimestamp"));
        Assert.NotEqual("", created.TextAt("metadata.resourceVersion"));
        Assert.Equal("PathPrefix", created.TextAt("spec.rules.0.matches.0.path.type"));
        Assert.Equal("tests", created.TextAt("metadata.managedFields.0.manager"));
        Assert.Equal(created.Text, (await _api.GetAsync(ApiHarness.Routes + "/r")).Expect(200).Text);
    }

    [Fact]
    public async Task Create_WithGenerateName_MakesAName()
    {
        var body = ApiHarness.Json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'generateName':'made-'}}");

        var first = (await _api.PostAsync(ApiHarness.ConfigMaps, body)).Expect(201).TextAt("metadata.name");
        var second = (await _api.PostAsync(ApiHarness.ConfigMaps, body)).Expect(201).TextAt("metadata.name");

        Assert.Matches("^made-[a-z0-9]{5}$", first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Create_Twice_Conflicts()
    {
        await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"));

        var again = (await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a"))).Expect(409);

        Assert.Equal("AlreadyExists", again.TextAt("reason"));
        Assert.Equal("configmaps \"a\" already exists", again.TextAt("message"));
        Assert.Equal("configmaps", again.TextAt("details.kind"));
    }

    [Fact]
    public async Task Create_DryRun_KeepsNothing()
    {
        var made = (await _api.PostAsync(ApiHarness.ConfigMaps + "?dryRun=All", ApiHarness.ConfigMap("a"))).Expect(201);

        Assert.Equal("a", made.TextAt("metadata.name"));
        (await _api.GetAsync(ApiHarness.ConfigMaps + "/a")).Expect(404);
    }

    [Theory]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{}}", 422, "name or generateName is required")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'A_b'}}", 422, "metadata.name: must be a lower-case name")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','resourceVersion':'7'}}", 400, "metadata.resourceVersion")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','namespace':'other'}}", 400, "namespace \"other\"")]
    [InlineData("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a'}}", 400, "the kind \"ConfigMap\"")]
    [InlineData("{'apiVersion':'v2','kind':'ConfigMap','metadata':{'name':'a'}}", 400, "the apiVersion \"v1\"")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','labels':{'x':'not ok'}}}", 422, "metadata.labels")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','finalizers':['not ok']}}", 422, "metadata.finalizers[0]")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','ownerReferences':[{'kind':'x'}]}}", 422, "metadata.ownerReferences[0].uid")]
    [InlineData("[]", 400, "must be a JSON object")]
    [InlineData("{", 400, "not valid JSON")]
    [InlineData("{'apiVersion':'v1','kind':'ConfigMap','metadata':'x'}", 400, "metadata: must be an object")]
    public async Task Create_WhatIsWrong_SaysWhat(string body, int status, string message) =>
        Assert.Contains(message, (await _api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.Json(body))).Expect(status).TextAt("message"), StringComparison.Ordinal);

    [Fact]
    public async Task Create_InvalidUtf8_Is400()
    {
        byte[] body = [.. "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\""u8, 0xc3, 0x28, .. "\"}}"u8];

        var answer = (await _api.SendAsync("POST", ApiHarness.ConfigMaps, body, "application/json", "application/json", null)).Expect(400);

        Assert.Contains("UTF-8", answer.TextAt("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_TooLargeAnnotationsOrObject_AreRefused()
    {
        var annotations = ApiHarness.ConfigMap("a", "", ",'annotations':{'x':'" + new string('x', 300_000) + "'}");
        var large = ApiHarness.ConfigMap("a", ",'data':{'x':'" + new string('x', 1_600_000) + "'}");

        Assert.Contains("262144", (await _api.PostAsync(ApiHarness.ConfigMaps, annotations)).Expect(422).TextAt("message"), StringComparison.Ordinal);
        (await _api.PostAsync(ApiHarness.ConfigMaps, large)).Expect(413);
    }

    [Fact]
    public async Task Create_InAMissingNamespace_Is404()
    {
        var answer = (await _api.PostAsync("/api/v1/namespaces/nope/configmaps", ApiHarness.ConfigMap("a"))).Expect(404);

        Assert.Equal("namespaces \"nope\" not found", answer.TextAt("message"));
    }

    [Fact]
    public async Task Create_InvalidRoute_HasTheMessagesOfManifestChecks()
    {
        var answer = (await _api.PostAsync(ApiHarness.Routes, ApiHarness.Route("r", "{'rules':[{'backendRefs':[{'name':'web','port':99999}]}]}"))).Expect(422);

        Assert.Equal("Invalid", answer.TextAt("reason"));
        Assert.Equal("HTTPRoute", answer.TextAt("details.kind"));
        Assert.Equal("spec.rules[0].backendRefs[0].port", answer.TextAt("details.causes.0.field"));
        Assert.Contains("must be a whole number from 1 to 65535", answer.TextAt("details.causes.0.message"), StringComparison.Ordinal);
        Assert.Equal("FieldValueInvalid", answer.TextAt("details.causes.0.reason"));
    }

    [Theory]
    [InlineData("Ignore", 201, 0)]
    [InlineData("Warn", 201, 2)]
    [InlineData("Strict", 400, 0)]
    public async Task Create_UnknownAndRepeatedFields_FollowFieldValidation(string validation, int status, int warnings)
    {
        var body = ApiHarness.Route("r", "{'rules':[{'filterz':[]}],'hostnames':['a.example'],'hostnames':['b.example']}");

        var answer = (await _api.PostAsync($"{ApiHarness.Routes}?fieldValidation={validation}", body)).Expect(status);

        Assert.Equal(warnings, answer.Warnings.Count);
        if (status == 400)
        {
            Assert.Contains("unknown field \"spec.rules[0].filterz\"", answer.TextAt("message"), StringComparison.Ordinal);
            Assert.Contains("duplicate field \"spec.hostnames\"", answer.TextAt("message"), StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(answer.At("spec.rules.0.filterz"));
            Assert.Equal("b.example", answer.TextAt("spec.hostnames.0"));
        }
    }

    [Fact]
    public async Task Create_FromYaml_Works()
    {
        const string Body = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: yaml
            data:
              answer: "42"
            """;

        Assert.Equal("42", (await _api.PostAsync(ApiHarness.ConfigMaps, Body, "application/yaml")).Expect(201).TextAt("data.answer"));
        (await _api.PostAsync(ApiHarness.ConfigMaps, "a", "text/plain")).Expect(415);
    }

    [Fact]
    public async Task Create_FromProtobuf_ReadsWhatKubectlSends()
    {
        // runtime.Unknown with a Namespace of the name "n" and the label a=b.
        byte[] metadata = [0x0a, 1, (byte)'n', 0x12, 0, 0x42, 0, 0x5a, 6, 0x0a, 1, (byte)'a', 0x12, 1, (byte)'b'];
        byte[] space = [0x0a, (byte)metadata.Length, .. metadata, 0x12, 0, 0x1a, 2, 0x0a, 0];
        byte[] type = [0x0a, 2, .. "v1"u8, 0x12, 9, .. "Namespace"u8];
        byte[] body = [.. "k8s\0"u8, 0x0a, (byte)type.Length, .. type, 0x12, (byte)space.Length, .. space, 0x1a, 0, 0x22, 0];

        var made = (await SendProtobufAsync("/api/v1/namespaces", body)).Expect(201);

        Assert.Equal("n", made.TextAt("metadata.name"));
        Assert.Equal("b", made.TextAt("metadata.labels.a"));
        (await SendProtobufAsync("/api/v1/namespaces", body[..^9])).Expect(400);
        Assert.Contains("field 9 of Namespace", (await SendProtobufAsync("/api/v1/namespaces", [.. "k8s\0"u8, 0x0a, (byte)type.Length, .. type, 0x12, 2, 0x48, 1])).Expect(415).TextAt("message"), StringComparison.Ordinal);
        Assert.Contains("Gateway", (await SendProtobufAsync("/api/v1/namespaces", [.. "k8s\0"u8, 0x0a, 9, 0x12, 7, .. "Gateway"u8])).Expect(415).TextAt("message"), StringComparison.Ordinal);
    }

    private Task<ApiAnswer> SendProtobufAsync(string path, byte[] body) =>
        _api.SendAsync("POST", path, body, "application/vnd.kubernetes.protobuf", "application/json", null);

    [Fact]
    public async Task Create_WithStatus_DropsIt()
    {
        var body = ApiHarness.Route("r").Replace("\"spec\"", "\"status\":{\"parents\":[]},\"spec\"", StringComparison.Ordinal);

        Assert.Null((await _api.PostAsync(ApiHarness.Routes, body)).Expect(201).At("status"));
    }

    [Fact]
    public async Task Create_Service_GetsAddressAndPorts()
    {
        var body = ApiHarness.Json("{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'type':'NodePort','ports':[{'port':80}]}}");

        var service = (await _api.PostAsync(ApiHarness.Services, body)).Expect(201);
        var other = (await _api.PostAsync(ApiHarness.Services, body.Replace("\"s\"", "\"t\"", StringComparison.Ordinal))).Expect(201);

        Assert.StartsWith("10.96.", service.TextAt("spec.clusterIP"), StringComparison.Ordinal);
        Assert.NotEqual(service.TextAt("spec.clusterIP"), other.TextAt("spec.clusterIP"));
        Assert.InRange(int.Parse(service.TextAt("spec.ports.0.nodePort"), System.Globalization.CultureInfo.InvariantCulture), 30000, 32767);
        Assert.NotEqual(service.TextAt("spec.ports.0.nodePort"), other.TextAt("spec.ports.0.nodePort"));
        Assert.Equal("80", service.TextAt("spec.ports.0.targetPort"));
        Assert.Equal("TCP", service.TextAt("spec.ports.0.protocol"));
        Assert.Equal("Cluster", service.TextAt("spec.externalTrafficPolicy"));
        var taken = body.Replace("\"s\"", "\"u\"", StringComparison.Ordinal).Replace("\"port\":80", $"\"port\":80,\"nodePort\":{service.TextAt("spec.ports.0.nodePort")}", StringComparison.Ordinal);
        (await _api.PostAsync(ApiHarness.Services, taken)).Expect(422);
    }

    [Fact]
    public async Task Create_Secret_TakesStringData()
    {
        var body = ApiHarness.Json("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'stringData':{'k':'hello'}}");

        var secret = (await _api.PostAsync("/api/v1/namespaces/default/secrets", body)).Expect(201);

        Assert.Equal("aGVsbG8=", secret.TextAt("data.k"));
        Assert.Equal("Opaque", secret.TextAt("type"));
        Assert.Null(secret.At("stringData"));
    }

    [Fact]
    public async Task Create_MoreThanIsKeptInAll_IsRefused_UntilThereIsRoom()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { MaxBytes = 300_000 });
        var data = $",'data':{{'a':'{new string('x', 200_000)}'}}";
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("a", data))).Expect(201);

        Assert.Equal("InsufficientStorage", (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("b", data))).Expect(507).TextAt("reason"));
        (await api.PatchAsync(ApiHarness.ConfigMaps + "/a", $"{{'data':{{'b':'{new string('x', 200_000)}'}}}}")).Expect(507);
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("small"))).Expect(201);
        (await api.PatchAsync(ApiHarness.ConfigMaps + "/a", "{'data':{'a':'1'}}")).Expect(200);
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("b", data))).Expect(201);
        (await api.DeleteAsync(ApiHarness.ConfigMaps + "/b")).Expect(200);
        (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("c", data))).Expect(201);
    }
}
