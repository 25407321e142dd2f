using System.Text;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public sealed class ManifestJsonTests
{
    [Theory]
    [InlineData("a: 1", "{\"a\":1}")]
    [InlineData("a: -0x1f", "{\"a\":-31}")]
    [InlineData("a: 0644", "{\"a\":420}")]
    [InlineData("a: 0b101", "{\"a\":5}")]
    [InlineData("a: 1_000", "{\"a\":1000}")]
    [InlineData("a: 1.5", "{\"a\":1.5}")]
    [InlineData("a: yes", "{\"a\":true}")]
    [InlineData("a: \"yes\"", "{\"a\":\"yes\"}")]
    [InlineData("a: ~", "{\"a\":null}")]
    [InlineData("a: [1, {b: c}]", "{\"a\":[1,{\"b\":\"c\"}]}")]
    [InlineData("x: &x {b: 1}\na:\n  <<: *x\n  c: 2", "{\"x\":{\"b\":1},\"a\":{\"c\":2,\"b\":1}}")]
    public void Read_Yaml_GivesJson(string yaml, string json) => Assert.Equal(json, Assert.Single(ManifestJson.Read("a.yaml", Encoding.UTF8.GetBytes(yaml))).Value.ToJsonString());

    [Fact]
    public void Read_ListsAndDocuments_GivesEachObjectWithItsLine()
    {
        var found = ManifestJson.Read("a.yaml", "kind: A\n---\nkind: List\nitems:\n- kind: B\n- kind: C\n---\n- no object\n"u8);

        Assert.Equal([("A", 1), ("B", 5), ("C", 6)], found.Select(item => (item.Value["kind"]!.ToString(), item.Line)));
    }

    [Fact]
    public void Read_Json_GivesTheSame() => Assert.Equal("{\"a\":[true,1e3]}", Assert.Single(ManifestJson.Read("a.json", "{\"a\": [true, 1e3]}"u8)).Value.ToJsonString().Replace("1000", "1e3", StringComparison.Ordinal));

    [Theory]
    [InlineData("a.yaml", "a: }", 1)]
    [InlineData("a.yaml", "a: 1\na: 2", 2)]
    [InlineData("a.json", "{", 1)]
    public void Read_WhatIsBroken_SaysWhere(string path, string text, int line) =>
        Assert.Equal(line, Assert.Throws<ManifestJsonException>(() => ManifestJson.Read(path, Encoding.UTF8.GetBytes(text))).Line);
}
