using System.Text.Json.Nodes;
using Sluice.ApiServer.Tables;

namespace Sluice.ApiServer.Tests.Tables;

public sealed class JsonPathTests
{
    private static readonly JsonNode Item = JsonNode.Parse("""{"a":{"b":["x","y"],"c.d":1},"list":[{"type":"A","v":"1"},{"type":"B","v":"2"}]}""")!;

    [Theory]
    [InlineData(".a.b", "[\"x\",\"y\"]")]
    [InlineData(".a.b[0]", "x")]
    [InlineData(".a.b[*]", "x y")]
    [InlineData(".a.c\\.d", "1")]
    [InlineData(".a['c.d']", "1")]
    [InlineData(".list[?(@.type==\"B\")].v", "2")]
    [InlineData(".list[*].v", "1 2")]
    [InlineData(".nope.nope", "")]
    [InlineData(".a.b[7]", "")]
    public void Find_FollowsThePath(string path, string expected) => Assert.Equal(expected, JsonPath.Text(JsonPath.Parse(path).Find(Item)));

    [Theory]
    [InlineData("a")]
    [InlineData(".a[")]
    [InlineData(".a[?(@.x>1)]")]
    public void Parse_WhatIsNotKnown_Throws(string path) => Assert.Throws<FormatException>(() => JsonPath.Parse(path));
}
