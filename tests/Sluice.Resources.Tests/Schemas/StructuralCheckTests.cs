using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

public class StructuralCheckTests
{
    private static readonly SchemaNode Route = KindSchemas.Find("gateway.networking.k8s.io", "HTTPRoute")!.Root;

    [Theory]
    [InlineData("""{"spec":{"rule":[]}}""", "unknown field \"spec.rule\"")]
    [InlineData("""{"specs":{}}""", "unknown field \"specs\"")]
    [InlineData("""{"metadata":{"labls":{}}}""", "unknown field \"metadata.labls\"")]
    [InlineData("""{"spec":{"rules":[{},{"matches":[{"pth":{}}]}]}}""", "unknown field \"spec.rules[1].matches[0].pth\"")]
    [InlineData("""{"spec":{"rules":[{"backendRefs":[{"name":"a","filters":[{"cors":{"a":1}}]}]}]}}""", "unknown field \"spec.rules[0].backendRefs[0].filters[0].cors.a\"")]
    [InlineData("""{"spec":[]}""", "Invalid value: \"array\": spec in body must be of type object: \"array\"")]
    [InlineData("""{"spec":{"hostnames":"a"}}""", "Invalid value: \"string\": spec.hostnames in body must be of type array: \"string\"")]
    [InlineData("""{"spec":{"hostnames":[1]}}""", "Invalid value: \"integer\": spec.hostnames[0] in body must be of type string: \"integer\"")]
    [InlineData("""{"spec":{"hostnames":[null]}}""", "Invalid value: \"null\": spec.hostnames[0] in body must be of type string: \"null\"")]
    [InlineData("""{"spec":{"parentRefs":[{"name":"a","port":"80"}]}}""", "Invalid value: \"string\": spec.parentRefs[0].port in body must be of type integer: \"string\"")]
    [InlineData("""{"spec":{"parentRefs":[{"name":"a","port":80.5}]}}""", "Invalid value: \"number\": spec.parentRefs[0].port in body must be of type integer: \"number\"")]
    [InlineData("""{"metadata":{"labels":{"a":true}}}""", "Invalid value: \"boolean\": metadata.labels.a in body must be of type string: \"boolean\"")]
    public void Check_Mistake_SaysWhatAndWhere(string json, string message) =>
        Assert.Equal(message, Assert.Single(StructuralCheck.Check(Route, JsonNode.Parse(json))).Message);

    [Theory]
    [InlineData("""{"spec":{"parentRefs":[{"name":"a","port":80.0}]}}""")]
    [InlineData("""{"spec":{"hostnames":null}}""")]
    [InlineData("""{"metadata":{"managedFields":[{"fieldsV1":{"f:spec":{"f:rules":{}}}}]}}""")]
    public void Check_RightValues_FindsNothing(string json) => Assert.Empty(StructuralCheck.Check(Route, JsonNode.Parse(json)));

    [Theory]
    [InlineData("80", 0)]
    [InlineData("\"web\"", 0)]
    [InlineData("true", 1)]
    [InlineData("1.5", 1)]
    public void Check_IntOrString_TakesBoth(string value, int findings) => Assert.Equal(
        findings,
        StructuralCheck.Check(KindSchemas.Find("", "Service")!.Root, JsonNode.Parse("""{"spec":{"ports":[{"port":80,"targetPort":VALUE}]}}""".Replace("VALUE", value, StringComparison.Ordinal))).Count);

    [Fact]
    public void Check_OpenParts_TakesWhatIsThere() => Assert.Empty(StructuralCheck.Check(
        KindSchemas.Find("apps", "Deployment")!.Root,
        JsonNode.Parse("""{"spec":{"template":{"spec":{"hostNetwork":true,"containers":[{"name":"a","tty":true,"resources":{"limits":{"cpu":1}}}]}}}}""")));

    [Fact]
    public void Check_ManyMistakes_StopsAtTheLimit()
    {
        var item = new JsonObject();
        for (var i = 0; i < StructuralCheck.MaxFindings * 2; i++)
            item[$"field{i}"] = 1;

        Assert.Equal(StructuralCheck.MaxFindings, StructuralCheck.Check(Route, item).Count);
        Assert.Equal(StructuralCheck.MaxFindings, StructuralCheck.Prune(Route, item).Count);
        Assert.Empty(item);
    }

    [Fact]
    public void Prune_UnknownFields_GoAndTheRestStays()
    {
        var item = JsonNode.Parse("""{"a":1,"spec":{"hostnames":["x"],"b":{"c":1},"rules":[{"name":"r","d":[]}]},"metadata":{"name":"n"}}""")!;

        Assert.Equal(["a", "spec.b", "spec.rules[0].d"], StructuralCheck.Prune(Route, item));
        Assert.Equal("""{"spec":{"hostnames":["x"],"rules":[{"name":"r"}]},"metadata":{"name":"n"}}""", item.ToJsonString());
    }
}
