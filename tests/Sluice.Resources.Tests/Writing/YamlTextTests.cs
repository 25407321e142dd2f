using System.Text.Json.Nodes;
using Sluice.Resources.Tests.Schemas;
using Sluice.Resources.Writing;

namespace Sluice.Resources.Tests.Writing;

public class YamlTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("on")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("12")]
    [InlineData("1e3")]
    [InlineData("0x1F")]
    [InlineData("1:30")]
    [InlineData("2026-01-01")]
    [InlineData(".5")]
    [InlineData(".inf")]
    [InlineData(".NaN")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("a:")]
    [InlineData("- a")]
    [InlineData("? a")]
    [InlineData("[a]")]
    [InlineData("{a}")]
    [InlineData("*a")]
    [InlineData("&a")]
    [InlineData("!a")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a")]
    [InlineData("'a'")]
    [InlineData("\"a\"")]
    [InlineData("a\\b")]
    [InlineData("---")]
    [InlineData("<<")]
    [InlineData("=")]
    [InlineData("a\tb")]
    [InlineData("two\nlines")]
    [InlineData("two\nlines\n")]
    [InlineData("lines\n\n\n")]
    [InlineData("\nafter a break")]
    [InlineData("  indented\nlines")]
    [InlineData("trailing \nspace")]
    [InlineData("carriage\r\nreturn")]
    [InlineData("ümlaut \u2028 \ud83d\ude00")]
    [InlineData("\u0007bell")]
    [InlineData("^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public void Write_String_ReadsBack(string text)
    {
        var item = new JsonObject { ["key"] = text, [text.Length == 0 ? "empty" : text] = "value", ["list"] = new JsonArray(text, text) };

        Assert.True(JsonNode.DeepEquals(item, YamlJson.One(Text(item))), Text(item));
    }

    [Fact]
    public void Write_LongText_ReadsBack()
    {
        var item = new JsonObject { ["a"] = string.Join(' ', Enumerable.Repeat("word", 200)), ["b"] = string.Join(' ', Enumerable.Repeat("it's: x", 100)) };

        Assert.True(JsonNode.DeepEquals(item, YamlJson.One(Text(item))));
    }

    [Fact]
    public void Write_Values_StandAsPeopleWriteThem()
    {
        var item = JsonNode.Parse("""{"name":"web","spec":{"ports":[{"port":80},{"port":443,"ok":true}],"empty":{},"none":[],"nothing":null,"path":".spec.type"}}""")!;

        Assert.Equal(
            """
            ---
            name: web
            spec:
              ports:
              - port: 80
              - port: 443
                ok: true
              empty: {}
              none: []
              nothing: null
              path: .spec.type

            """,
            Text(item));
    }

    [Fact]
    public void Write_Documents_AreSeparated() =>
        Assert.Equal(2, YamlJson.Documents(Text(new JsonObject { ["a"] = 1 }, new JsonObject { ["b"] = 2 })).Count);

    private static string Text(params JsonNode[] documents)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        YamlText.Write(writer, documents);
        return writer.ToString();
    }
}
