using System.Text.Json.Nodes;
using Sluice.Resources.Writing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Resources.Tests.Writing;

public sealed class YamlWriterTests
{
    [Fact]
    public void Write_ObjectsAndLists_AreBlocks()
    {
        var value = JsonNode.Parse("""{"a":{"b":[1,{"c":true,"d":[]},[2,3]]},"e":{},"f":null,"g":"x y"}""")!;

        Assert.Equal(
            """
            a:
              b:
              - 1
              - c: true
                d: []
              -
                - 2
                - 3
            e: {}
            f: null
            g: x y

            """,
            YamlWriter.Write(value));
    }

    [Theory]
    [InlineData("sluice-system")]
    [InlineData("gateway.networking.k8s.io/v1")]
    [InlineData("/healthz")]
    [InlineData("100m")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("on")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("1.30")]
    [InlineData("0x1f")]
    [InlineData("1_000")]
    [InlineData("12:30:45")]
    [InlineData("2026-11-30")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- a")]
    [InlineData("*")]
    [InlineData("&a")]
    [InlineData("@a")]
    [InlineData("{a}")]
    [InlineData("[a]")]
    [InlineData("a\nb\n")]
    [InlineData("a\tb")]
    [InlineData("a ")]
    [InlineData("\"a\"")]
    [InlineData("back\\slash")]
    [InlineData("größer 💧")]
    [InlineData("\u0001\u2028")]
    public void Write_Text_IsReadBackAsThatText(string text)
    {
        var yaml = YamlWriter.Write(new JsonObject { ["key"] = text, [$"x{text}"] = "v", ["list"] = new JsonArray(text) });

        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var value = (YamlScalarNode)root["key"];
        Assert.Equal(text, value.Value);
        Assert.Equal(text, ((YamlScalarNode)root["list"][0]).Value);
        Assert.Equal("v", ((YamlScalarNode)root[$"x{text}"]).Value);
        // Plain text of which a reader may make something else is not left plain.
        Assert.True(value.Style == ScalarStyle.DoubleQuoted || text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-./".Contains(letter)), yaml);
    }

    [Fact]
    public void WriteAll_SeparatesDocuments() =>
        Assert.Equal("a: 1\n---\nb: 2\n", YamlWriter.WriteAll([new JsonObject { ["a"] = 1 }, new JsonObject { ["b"] = 2 }]));
}
