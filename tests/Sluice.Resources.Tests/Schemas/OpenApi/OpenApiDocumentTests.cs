using System.Buffers;
using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;
using Sluice.Resources.Schemas.OpenApi;

namespace Sluice.Resources.Tests.Schemas.OpenApi;

public class OpenApiDocumentTests
{
    private const string Gateway = "gateway.networking.k8s.io";

    public static TheoryData<string, string> Versions => new(KindSchemas.All.SelectMany(kind => kind.Versions.Select(version => (kind.Group, version.Name))).Distinct());

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_References_AreThere(string group, string version)
    {
        var document = Document(group, version);
        var components = document["components"]!["schemas"]!.AsObject();

        Assert.All(References(document), reference => Assert.True(components.ContainsKey(reference["#/components/schemas/".Length..]), reference));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_EveryKind_HasAComponentAndAnAddress(string group, string version)
    {
        var document = Document(group, version);
        var prefix = group.Length == 0 ? $"/api/{version}/" : $"/apis/{group}/{version}/";
        foreach (var kind in KindSchemas.All.Where(kind => kind.Group == group && kind.Versions.Any(one => one.Name == version)))
        {
            Assert.Single(document["components"]!["schemas"]!.AsObject(), pair => pair.Value!["x-kubernetes-group-version-kind"]?[0]?["kind"]?.ToString() == kind.Kind);
            var path = document["paths"]![prefix + kind.Plural]!.AsObject();
            Assert.Equal(kind.IsReview ? "post" : "list", path[kind.IsReview ? "post" : "get"]!["x-kubernetes-action"]!.ToString());
        }
    }

    [Fact]
    public void Write_OperationIds_AreUnique() => Assert.Distinct(
        Document(Gateway, "v1")["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Where(operation => operation.Value is JsonObject).Select(operation => operation.Value!["operationId"]!.ToString()));

    /// <summary>kubectl asks so whether it may leave validation to the server.</summary>
    [Theory]
    [InlineData("", "v1", "/api/v1/namespaces/{name}", "Namespace")]
    [InlineData("", "v1", "/api/v1/namespaces/{namespace}/services/{name}", "Service")]
    [InlineData(Gateway, "v1", "/apis/gateway.networking.k8s.io/v1/namespaces/{namespace}/httproutes/{name}", "HTTPRoute")]
    public void Write_Patch_HasFieldValidation(string group, string version, string path, string kind)
    {
        var patch = Document(group, version)["paths"]![path]!["patch"]!;

        Assert.Equal("patch", patch["x-kubernetes-action"]!.ToString());
        Assert.Equal(kind, patch["x-kubernetes-group-version-kind"]!["kind"]!.ToString());
        Assert.Contains(patch["parameters"]!.AsArray(), parameter => parameter!["name"]!.ToString() == "fieldValidation" && parameter["in"]!.ToString() == "query");
        Assert.Equal(group.Length == 0, patch["requestBody"]!["content"]!.AsObject().ContainsKey("application/strategic-merge-patch+json"));
        Assert.True(patch["requestBody"]!["content"]!.AsObject().ContainsKey("application/apply-patch+yaml"));
    }

    [Fact]
    public void Write_CoreLists_SayHowTheyMerge()
    {
        var ports = Document("", "v1")["components"]!["schemas"]!["io.k8s.api.core.v1.ServiceSpec"]!["properties"]!["ports"]!;

        Assert.Equal("port", ports["x-kubernetes-patch-merge-key"]!.ToString());
        Assert.Equal("merge", ports["x-kubernetes-patch-strategy"]!.ToString());
        Assert.Equal("""["port","protocol"]""", ports["x-kubernetes-list-map-keys"]!.ToJsonString());
        Assert.Equal("#/components/schemas/io.k8s.api.core.v1.ServicePort", ports["items"]!["allOf"]![0]!["$ref"]!.ToString());
    }

    [Fact]
    public void Write_UnknownVersion_IsRefused()
    {
        Assert.False(OpenApiDocument.Exists(Gateway, "v9"));
        Assert.Throws<ArgumentException>(() => Document(Gateway, "v9"));
    }

    [Fact]
    public void Index_ListsEveryDocumentWithItsHash()
    {
        var buffer = new ArrayBufferWriter<byte>();
        OpenApiIndex.Write(buffer);
        var paths = JsonNode.Parse(buffer.WrittenSpan)!["paths"]!.AsObject();

        Assert.Equal(Versions.Count, paths.Count);
        Assert.Equal($"/openapi/v3/apis/{Gateway}/v1?hash={OpenApiIndex.HashOf($"apis/{Gateway}/v1")}", paths[$"apis/{Gateway}/v1"]!["serverRelativeURL"]!.ToString());
        Assert.NotEqual(OpenApiIndex.HashOf("api/v1"), OpenApiIndex.HashOf("apis/apps/v1"));
        Assert.Null(OpenApiIndex.HashOf("apis/other/v1"));
    }

    private static JsonObject Document(string group, string version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OpenApiDocument.Write(group, version, buffer);
        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(pair => pair.Key == "$ref" ? [pair.Value!.ToString()] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
