using System.Text.Json.Nodes;
using Sluice.ApiServer.Apply;

namespace Sluice.ApiServer.Tests.Apply;

public sealed class FieldSetTests
{
    [Theory]
    [InlineData("{'f:a':{}}")]
    [InlineData("{'f:a':{'.':{},'f:b':{}}}")]
    [InlineData("{'f:a':{'k:{\\'n\\':1}':{'.':{},'f:x':{}},'v:\\'y\\'':{}}}")]
    public void FromJson_AndBack_IsTheSame(string text)
    {
        var json = Json(text);

        Assert.Equal(json.ToJsonString(), FieldSet.FromJson(json)!.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData("{'a':{}}")]
    [InlineData("{'f:a':1}")]
    [InlineData("{'x:a':{}}")]
    [InlineData("[]")]
    public void FromJson_OfSomethingElse_IsNull(string text) => Assert.Null(FieldSet.FromJson(Json(text)));

    [Theory]
    [InlineData("{'f:a':{},'f:b':{}}", "{'f:b':{},'f:c':{}}", "{'f:a':{},'f:b':{},'f:c':{}}", "{'f:b':{}}", "{'f:a':{}}")]
    [InlineData("{'f:a':{'.':{},'f:x':{}}}", "{'f:a':{'f:x':{}}}", "{'f:a':{'.':{},'f:x':{}}}", "{'f:a':{'f:x':{}}}", "{'f:a':{}}")]
    [InlineData("{'f:a':{}}", "{}", "{'f:a':{}}", "{}", "{'f:a':{}}")]
    public void Sets_AreCombined(string one, string other, string union, string both, string rest)
    {
        var (a, b) = (FieldSet.FromJson(Json(one))!, FieldSet.FromJson(Json(other))!);

        Assert.Equal(Json(union).ToJsonString(), a.Union(b).ToJson().ToJsonString());
        Assert.Equal(Json(both).ToJsonString(), a.Intersect(b).Trim().ToJson().ToJsonString());
        Assert.Equal(Json(rest).ToJsonString(), a.Except(b).Trim().ToJson().ToJsonString());
    }

    [Fact]
    public void Paths_AreForPeople() => Assert.Equal(
        [".a[n=1].x", ".a[=\"y\"]", ".b"],
        FieldSet.FromJson(Json("{'f:a':{'k:{\\'n\\':1}':{'f:x':{}},'v:\\'y\\'':{}},'f:b':{}}"))!.Paths());

    private static JsonNode Json(string text) => JsonNode.Parse(text.Replace("\\'", "\\\"", StringComparison.Ordinal).Replace('\'', '"'))!;
}
