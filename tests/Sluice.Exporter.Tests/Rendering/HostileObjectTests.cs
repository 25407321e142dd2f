using System.Text;
using System.Text.Json;
using Sluice.Exporter.Families;
using Sluice.Exporter.Rendering;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Rendering;

/// <summary>Objects as nobody should write them. Every exposition goes through strict parsers.</summary>
public sealed class HostileObjectTests
{
    private const string Object = """{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"g","namespace":"n"},""";

    [Fact]
    public void LabelKeys_ThatCannotStandAsTheyAre_AreRenamed()
    {
        var sample = Labels("""{"name":"1","namespace":"2","customresource_kind":"3","job":"4","instance":"5","9to5":"6","__meta":"7","a-b":"8","a.b":"9","a_b":"10","a_b_conflict2":"11","":"12","x/y":13}""");

        Assert.Equal(
            [
                "a_b=8", "a_b_conflict2=11", "a_b_conflict3=9", "a_b_conflict4=10",
                "customresource_group=gateway.networking.k8s.io", "customresource_kind=Gateway", "customresource_version=v1beta1",
                "label_=12", "label_9to5=6", "label___meta=7", "label_customresource_kind=3", "label_instance=5", "label_job=4", "label_name=1", "label_namespace=2",
                "name=g", "namespace=n",
            ],
            sample.Labels.Select(label => $"{label.Key}={label.Value}"));
    }

    [Fact]
    public void LabelKeys_ThatCollide_GetTheSameNamesInAnyOrder() =>
        Assert.Equal(Labels("""{"a-b":"1","a.b":"2","a/b":"3"}""").Series, Labels("""{"a/b":"3","a.b":"2","a-b":"1"}""").Series);

    [Theory]
    [InlineData("""quote\" backslash\\ line\nfeed tab\t \u00e4 \ud83d\ude00 \u0000""", "quote\" backslash\\ line\nfeed tab\t ä 😀 \0")]
    [InlineData("""lone \ud800 surrogate""", "lone \ufffd surrogate")]
    [InlineData("""\/path\b\f\r""", "/path\b\f\r")]
    public void Values_WithEscapes_AreWhatTheyStandFor(string json, string expected) => Assert.Equal(expected, Labels($$"""{"a":"{{json}}"}""")["a"]);

    [Fact]
    public void Values_ThatAreNoUtf8_GetReplacementCharacters()
    {
        byte[] json = [.. Encoding.UTF8.GetBytes("""{"metadata":{"name":"g","labels":{"a":"x"""), 0xff, 0xc3, .. Encoding.UTF8.GetBytes("""y"}}}""")];

        var sample = Assert.Single(Rendered.Samples(Rendered.Raw(GatewayFamilies.Kind, json)), sample => sample.Name == "gatewayapi_gateway_labels");

        Assert.Equal("x\ufffd\ufffdy", sample["a"]);
    }

    [Theory]
    [InlineData(Object + "\"spec\":null,\"status\":null}")]
    [InlineData(Object + "\"spec\":[],\"status\":\"none\"}")]
    [InlineData(Object + "\"spec\":{\"listeners\":{}},\"status\":{\"conditions\":\"x\",\"listeners\":[null,1,[],{}],\"addresses\":[{}]}}")]
    [InlineData(Object + "\"spec\":{\"gatewayClassName\":{\"a\":1}},\"status\":{\"conditions\":[{\"type\":\"A\"},{\"status\":\"True\"},{\"type\":[],\"status\":\"True\"}]}}")]
    public void Fields_OfTheWrongType_CostNothingButTheirSamples(string json)
    {
        var samples = Rendered.Samples(Rendered.Raw(GatewayFamilies.Kind, Encoding.UTF8.GetBytes(json)));

        Assert.Contains(samples, sample => sample.Name == "gatewayapi_gateway_deleted");
        Assert.DoesNotContain(samples, sample => sample.Name is "gatewayapi_gateway_info" or "gatewayapi_gateway_listener_info");
    }

    [Fact]
    public void Conditions_OfOneTypeTwice_AreOneSampleWithTheLowestValue()
    {
        var samples = Rendered.Samples(Rendered.Raw(GatewayFamilies.Kind, Encoding.UTF8.GetBytes(
            Object + """ "status":{"conditions":[{"type":"A","status":"True"},{"type":"A","status":"False"},{"type":"A","status":"TRUE"}]}}""")));

        Assert.Equal("0", Assert.Single(samples, sample => sample.Name == "gatewayapi_gateway_status").Text);
    }

    [Fact]
    public void TenThousandConditions_AreTenThousandSamples()
    {
        var conditions = string.Join(",", Enumerable.Range(0, 10_000).Select(i => $$"""{"type":"T{{i}}","status":"True"}"""));

        var samples = Rendered.Samples(Rendered.Raw(GatewayFamilies.Kind, Encoding.UTF8.GetBytes($$$"""{{{Object}}}"status":{"conditions":[{{{conditions}}}]}}""")));

        Assert.Equal(10_000, samples.Count(sample => sample.Name == "gatewayapi_gateway_status"));
    }

    [Fact]
    public void Samples_BeyondTheLimit_AreLeftOutAndCounted()
    {
        using var document = JsonDocument.Parse(Object + """ "status":{"conditions":[{"type":"A","status":"True"},{"type":"B","status":"True"},{"type":"C","status":"True"}]}}""");

        var rendered = new ObjectRenderer(GatewayFamilies.Kind, maxSamples: 2).Render(document.RootElement)!;

        // "deleted" comes first.
        Assert.Equal(2, rendered.LeftOut);
    }

    [Fact]
    public void Object_WithoutName_IsPassedOver()
    {
        using var document = JsonDocument.Parse("""{"metadata":{}}""");

        Assert.Null(new ObjectRenderer(GatewayFamilies.Kind, 10).Render(document.RootElement));
    }

    [Fact]
    public void Object_ThatComesTwice_CountsOnce()
    {
        var json = Encoding.UTF8.GetBytes(Object + """ "spec":{"gatewayClassName":"c"}}""");

        Assert.Single(Rendered.Samples(Rendered.Raw(GatewayFamilies.Kind, json, json)), sample => sample.Name == "gatewayapi_gateway_info");
    }

    private static ParsedSample Labels(string labels) => Assert.Single(
        Rendered.Samples(Rendered.Raw(GatewayFamilies.Kind, Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"g","namespace":"n","labels":{{{labels}}}}}"""))),
        sample => sample.Name == "gatewayapi_gateway_labels");
}
