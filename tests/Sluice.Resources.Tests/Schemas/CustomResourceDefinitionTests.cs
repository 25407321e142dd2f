using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;
using Sluice.Resources.Schemas.Crds;

namespace Sluice.Resources.Tests.Schemas;

public class CustomResourceDefinitionTests
{
    public static TheoryData<string> Kinds => [.. KindSchemas.All.Where(kind => kind.IsCustom).Select(kind => kind.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_Schema_IsStructural(string kind) => Assert.All(
        Crd(kind)["spec"]!["versions"]!.AsArray(),
        version => Assert.Empty(StructuralRules.Broken(version!["schema"]!["openAPIV3Schema"]!.AsObject())));

    [Theory]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object"},"a":{}}}""", "a: has no type")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object"},"a":{"$ref":"x"}}}""", "a: $ref is not allowed")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object"},"a":{"type":"string","default":1}}}""", "a default: is of a wrong type")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object"},"a":{"type":"object","default":{"b":1}}}}""", "a default: b is unknown")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object"},"a":{"type":"array","items":{"type":"object"},"x-kubernetes-list-type":"map"}}}""", "a: x-kubernetes-list-map-keys goes with the list type map")]
    public void Rules_BrokenSchema_AreBroken(string schema, string rule) => Assert.Contains(rule, StructuralRules.Broken(JsonNode.Parse(schema)!.AsObject()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_Object_HasWhatACrdNeeds(string kind)
    {
        var crd = Crd(kind);

        Assert.Empty(StructuralCheck.Check(KindSchemas.Find("apiextensions.k8s.io", "CustomResourceDefinition")!.Root, crd));
        Assert.Equal($"{crd["spec"]!["names"]!["plural"]}.{crd["spec"]!["group"]}", crd["metadata"]!["name"]!.ToString());
        Assert.Single(crd["spec"]!["versions"]!.AsArray(), version => version!["storage"]!.GetValue<bool>());
        Assert.All(crd["spec"]!["versions"]!.AsArray().SelectMany(version => version!["additionalPrinterColumns"]!.AsArray()), column =>
        {
            Assert.StartsWith(".", column!["jsonPath"]!.ToString(), StringComparison.Ordinal);
            Assert.Contains(column["type"]!.ToString(), (string[])["integer", "number", "string", "boolean", "date"]);
        });
    }

    [Fact]
    public void Write_GatewayParameters_CarriesItsRule()
    {
        var spec = Crd("GatewayParameters")["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!;

        Assert.Equal("has(self.kube) != has(self.selfManaged)", spec["x-kubernetes-validations"]![0]!["rule"]!.ToString());
        Assert.Equal("{}", Crd("GatewayParameters")["spec"]!["versions"]![0]!["subresources"]!["status"]!.ToJsonString());
    }

    [Fact]
    public void Write_KindOfKubernetes_IsRefused()
    {
        using var json = new Utf8JsonWriter(new ArrayBufferWriter<byte>());

        Assert.Throws<ArgumentException>(() => CustomResourceDefinitionWriter.Write(json, KindSchemas.Find("", "Service")!));
    }

    private static JsonObject Crd(string kind)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            CustomResourceDefinitionWriter.Write(json, KindSchemas.All.Single(one => one.Kind == kind && one.IsCustom));
        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }
}
