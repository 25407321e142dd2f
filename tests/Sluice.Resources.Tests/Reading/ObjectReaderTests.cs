using System.Text;
using System.Text.Json;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public sealed class ObjectReaderTests
{
    private const string Group = "gateway.networking.k8s.io";

    private readonly ObjectReader _reader = new();

    [Fact]
    public void Read_Route_TakesGenerationTimeAndUidFromTheServer()
    {
        var route = (HttpRoute)Read(Group, "HTTPRoute", Route()).Object!;

        Assert.Equal(new NamespacedName("shop", "cart"), route.Key);
        Assert.Equal(7, route.Metadata.Generation);
        Assert.Equal("u-1", route.Metadata.Uid);
        Assert.Equal(DateTimeOffset.Parse("2026-03-01T10:00:00Z", null), route.Metadata.CreationTimestamp);
        Assert.Equal("web", route.ParentRefs[0].Name);
        Assert.Null(route.Source);
    }

    [Fact]
    public void Read_ItemOfAListWithoutKind_IsReadAsTheKindThatWasAskedFor()
    {
        var read = Read("", "Service", """{"metadata":{"name":"a","namespace":"n","resourceVersion":"5"},"spec":{"ports":[{"port":80}],"clusterIP":"10.0.0.1"}}""");

        Assert.Equal(80, ((Service)read.Object!).Ports[0].Port);
    }

    [Fact]
    public void Read_AnnotationsOfToolsAndEndpointsByHand_AreLeftOut()
    {
        var read = Read("", "Service", """
            {"metadata":{"name":"a","namespace":"n","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","sluice.dev/endpoints":"127.0.0.1:1","sluice.dev/proxy-protocol":"v2"}},
             "spec":{"ports":[{"port":80}]}}
            """);

        Assert.Equal(["sluice.dev/proxy-protocol"], read.Object!.Metadata.Annotations.Keys);
    }

    [Fact]
    public void Read_MegabyteAnnotation_IsLeftOut()
    {
        var read = Read("", "Service", $$$"""{"metadata":{"name":"a","namespace":"n","annotations":{"x":"{{{new string('x', 1 << 20)}}}","y":"1"}},"spec":{"ports":[{"port":80}]}}""");

        Assert.Equal(["y"], read.Object!.Metadata.Annotations.Keys);
    }

    [Fact]
    public void Read_ManagedFieldsAndStatus_AreNotLookedAt()
    {
        var read = Read(Group, "HTTPRoute", Route(managed: """[{"manager":1,"fieldsV1":{"f:x":{"":{}}}}]""", status: """{"parents":"nonsense"}"""));

        Assert.NotNull(read.Object);
    }

    [Fact]
    public void Read_RouteThatCannotBeServed_SaysWhyAndWhoseItIs()
    {
        var refused = Read(Group, "HTTPRoute", Route(hostnames: """["UPPER.example"]""")).Refused!;

        Assert.Equal(("HTTPRoute", new NamespacedName("shop", "cart"), 7L), (refused.Kind, refused.Key, refused.Generation));
        Assert.Contains("spec.hostnames[0]", refused.Message, StringComparison.Ordinal);
        Assert.Equal("web", Assert.Single(refused.ParentRefs).Name);
    }

    [Fact]
    public void Read_GatewayThatCannotBeServed_KeepsItsClass()
    {
        var refused = Read(Group, "Gateway", """{"metadata":{"name":"g","namespace":"n","generation":2},"spec":{"gatewayClassName":"sluice","listeners":[{"name":"a","port":99999,"protocol":"HTTP"}]}}""").Refused!;

        Assert.Equal("sluice", refused.GatewayClassName);
        Assert.Contains("spec.listeners[0].port", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusedSecret_KeepsItsValuesToItself()
    {
        var refused = Read("", "Secret", """{"metadata":{"name":"s","namespace":"n"},"type":"Opaque","data":{"password":"hunter2!!"}}""").Refused!;

        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooDeep_IsRefused()
    {
        var refused = Read("", "ConfigMap", $$"""{"metadata":{"name":"s","namespace":"n"},"data":{{string.Concat(Enumerable.Repeat("{\"a\":", 62))}}1{{new string('}', 62)}}}""").Refused;

        Assert.NotNull(refused);
    }

    [Fact]
    public void Envelope_StatusAndVersionChange_MeanTheSame()
    {
        var one = Envelope(Route(version: "1"));
        var other = Envelope(Route(version: "2", status: """{"parents":[]}""", managed: "[{}]"));

        Assert.Equal(one.ContentHash, other.ContentHash);
        Assert.Equal(("1", "2"), (one.ResourceVersion, other.ResourceVersion));
        Assert.Equal(0, one.StatusLength);
    }

    [Fact]
    public void Envelope_LabelOrSpecChange_MeansSomethingElse()
    {
        var one = Envelope(Route());

        Assert.NotEqual(one.ContentHash, Envelope(Route(hostnames: """["other.example"]""")).ContentHash);
        Assert.NotEqual(one.ContentHash, Envelope(Route(labels: """{"a":"b"}""")).ContentHash);
    }

    [Fact]
    public void Envelope_Status_IsFoundInTheBytes()
    {
        var json = Encoding.UTF8.GetBytes(Route(status: """{"parents":[{"a":1}]}"""));
        var envelope = ObjectEnvelope.Read(json);

        Assert.Equal("""{"parents":[{"a":1}]}""", Encoding.UTF8.GetString(json, envelope.StatusStart, envelope.StatusLength));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"metadata":{"namespace":"a"}}""")]
    [InlineData("""{"metadata":{"name":"\ud800"}}""")]
    [InlineData("""{"metadata":""")]
    [InlineData("")]
    public void Envelope_NoObject_Throws(string json) => Assert.ThrowsAny<JsonException>(() => Envelope(json));

    private static ObjectEnvelope Envelope(string json) => ObjectEnvelope.Read(Encoding.UTF8.GetBytes(json));

    private ReadObject Read(string group, string kind, string json) => _reader.Read(group, kind, Envelope(json), Encoding.UTF8.GetBytes(json));

    private static string Route(string hostnames = """["cart.example"]""", string labels = "{}", string managed = "[]", string version = "1", string status = "") => $$"""
        {"apiVersion":"{{Group}}/v1","kind":"HTTPRoute","metadata":{"name":"cart","namespace":"shop","uid":"u-1","generation":7,"resourceVersion":"{{version}}",
        "creationTimestamp":"2026-03-01T10:00:00Z","labels":{{labels}},"managedFields":{{managed}}},
        "spec":{"parentRefs":[{"group":"{{Group}}","kind":"Gateway","name":"web"}],"hostnames":{{hostnames}},"rules":[{"backendRefs":[{"name":"cart","port":80}]}]}{{(status.Length == 0 ? "" : $",\"status\":{status}")}}}
        """;
}
