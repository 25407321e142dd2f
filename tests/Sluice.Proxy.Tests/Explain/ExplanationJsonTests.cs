using System.Text;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

public sealed class ExplanationJsonTests
{
    private readonly Explanation _explanation = RouteExplainer.Explain(
        [Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", Samples.Exact("a", "/a"))))],
        ExplainRequest.FromUrl("http://a.example:8080/b", out _)! with { Headers = [new HeaderValue("x", "1")] });

    [Fact]
    public void Serialize_Explanation_HasCamelCaseAndNames()
    {
        using JsonDocument document = JsonDocument.Parse(ExplanationJson.Serialize(_explanation));
        JsonElement root = document.RootElement;

        Assert.Equal("NoRoute", root.GetProperty("outcome").GetString());
        Assert.Equal(404, root.GetProperty("statusCode").GetInt32());
        Assert.Equal("HTTPRoute/test/a", root.GetProperty("closest").GetProperty("route").GetString());
        Assert.Equal("\"/b\" is not \"/a\"", root.GetProperty("entries")[0].GetProperty("predicates")[0].GetProperty("reason").GetString());
        Assert.False(root.TryGetProperty("winner", out _));
    }

    [Fact]
    public void Deserialize_WhatWasSerialized_RendersTheSame()
    {
        string json = Encoding.UTF8.GetString(ExplanationJson.SerializeToUtf8Bytes(_explanation));
        Explanation read = ExplanationJson.Deserialize(json);

        Assert.Equal(ExplanationText.Render(_explanation), ExplanationText.Render(read));
        Assert.Equal(json, ExplanationJson.Serialize(read));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[")]
    public void Deserialize_NoExplanation_Throws(string json) => Assert.ThrowsAny<JsonException>(() => ExplanationJson.Deserialize(json));
}
