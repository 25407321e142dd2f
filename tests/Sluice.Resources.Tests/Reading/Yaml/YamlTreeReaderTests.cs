using System.Text;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading.Yaml;

/// <summary>Texts and the trees they give, by the sections of the YAML 1.2 specification.</summary>
public class YamlTreeReaderTests
{
    [Theory]
    // 6.1 indentation, 8.2 block collections
    [InlineData("a: 1\nb:\n  c: x\n  d: y\ne:\n", """{"a": 1, "b": {"c": "x", "d": "y"}, "e": null}""")]
    [InlineData("a:\n- x\n- y\nb: z\n", """{"a": ["x", "y"], "b": "z"}""")]
    [InlineData("a:\n  - x\n  -\n  - y\n", """{"a": ["x", null, "y"]}""")]
    [InlineData("- - a\n  - b\n- c: d\n  e: f\n-\n  g\n", """[["a", "b"], {"c": "d", "e": "f"}, "g"]""")]
    [InlineData("  a: 1\n  b: 2\n", """{"a": 1, "b": 2}""")]
    [InlineData("a:\n      deep: 1\nb: 2", """{"a": {"deep": 1}, "b": 2}""")]
    [InlineData("a :  1\n\"b\" : 2\n'c':\t3\n", """{"a": 1, "b": 2, "c": 3}""")]
    // 6.6 comments
    [InlineData("# c\na: 1 # c\n# c\n  # c\nb: x#y\n", """{"a": 1, "b": "x#y"}""")]
    [InlineData("a:\n# c\n  - b\n\n  # c\n\n  - c\n", """{"a": ["b", "c"]}""")]
    // 7.3.3 plain scalars
    [InlineData("a: http://example.com:80/x?y=1#z\n", """{"a": "http://example.com:80/x?y=1#z"}""")]
    [InlineData("a: one\n  two\n\n\n  three\nb: x", """{"a": "one two\n\nthree", "b": "x"}""")]
    [InlineData("a: -x\nb: ?y\nc: :z\nd: - e - f\n", null)]
    [InlineData("a: -x\nb: ?y\nc: :z\nd: e - f\n", """{"a": "-x", "b": "?y", "c": ":z", "d": "e - f"}""")]
    [InlineData("a: b\n  - c\n", """{"a": "b - c"}""")]
    // 7.3.1 and 7.3.2 quoted scalars
    [InlineData("a: 'it''s: #1'\n", """{"a": "it's: #1"}""")]
    [InlineData("a: \"\\x41\\u00e9\\U0001F600\\ud83d\\ude00\\\"\\\\\\/\\t\\n\"\n", "{\"a\": \"A\u00e9\U0001F600\U0001F600\"\\\\/\\t\\n\"}")]
    [InlineData("a: \"one   \n   two\n\n  three \\\n  four\"\n", """{"a": "one two\nthree four"}""")]
    [InlineData("a: ' one\n\n  two '\n", """{"a": " one\ntwo "}""")]
    [InlineData("a: \"\"\nb: ''\n", """{"a": "", "b": ""}""")]
    // 7.4 flow collections
    [InlineData("a: [1, 'x', \"y\", z w, [], {}, ]\n", """{"a": [1, "x", "y", "z w", [], {}]}""")]
    [InlineData("a: {b: 1, \"c\":2, d, e: [f, {g: h}], }\n", """{"a": {"b": 1, "c": 2, "d": null, "e": ["f", {"g": "h"}]}}""")]
    [InlineData("a: [\n  1, # one\n  two\n  lines\n]\nb: {\n}\n", """{"a": [1, "two lines"], "b": {}}""")]
    [InlineData("{\"a\": [1, 2], \"b\": null}\n", """{"a": [1, 2], "b": null}""")]
    // 8.1 block scalars
    [InlineData("a: |\n  x\n   y\n\n  z\n\n\nb: 1", """{"a": "x\n y\n\nz\n", "b": 1}""")]
    [InlineData("a: |-\n  x\n\nb: |+\n  y\n\nc: |2-\n    z\n", """{"a": "x", "b": "y\n\n", "c": "  z"}""")]
    [InlineData("a: >\n  x\n  y\n\n  z\n   more\n   lines\n  end\n", """{"a": "x y\nz\n more\n lines\nend\n"}""")]
    [InlineData("a: |\n  # no comment\n  --- no marker\n# comment\nb: 1", """{"a": "# no comment\n--- no marker\n", "b": 1}""")]
    [InlineData("- |\n a\n- >-\n b\n c\n", """["a\n", "b c"]""")]
    [InlineData("a: |\nb: 1\n", """{"a": "", "b": 1}""")]
    [InlineData("a: |\n  last line without a break", """{"a": "last line without a break"}""")]
    // 7.1 aliases, 6.9 properties, merge keys of YAML 1.1
    [InlineData("a: &x [1]\nb: *x\nc: &y\n  d: 1\ne: *y\n", """{"a": [1], "b": [1], "c": {"d": 1}, "e": {"d": 1}}""")]
    [InlineData("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", """{"a": {"b": 1, "c": 2}, "d": {"c": 3, "b": 1}}""")]
    [InlineData("a: !!str 12\nb: ! 13\nc: !!int 14\nd: !!map {}\n", """{"a": "12", "b": "13", "c": 14, "d": {}}""")]
    // 10.2 and YAML 1.1 scalars
    [InlineData("[1, -2, 0x1F, 0o17, 1_000, 1.5, .5, 1e3, -.inf, .nan, 1.2.3, 1-2, 2025-01-01]", """[1, -2, 0x1F, 0o17, 1_000, 1.5, .5, 1e3, -.inf, .nan, "1.2.3", "1-2", "2025-01-01"]""")]
    [InlineData("[~, null, Null, true, FALSE, yes, Off, y, nul, 12x, +, -a, ., 0x, 1e]", """[null, null, null, true, FALSE, yes, Off, "y", "nul", "12x", "+", "-a", ".", "0x", "1e"]""")]
    // 9.1 documents
    [InlineData("a\n---\nb\n--- c\n---\n---\n# c\n", "\"a\"\n\"b\"\n\"c\"\nnull\nnull")]
    [InlineData("%YAML 1.2\n---\na: 1\n...\n# c\n...\nb: 2\n", "{\"a\": 1}\n{\"b\": 2}")]
    [InlineData("", "")]
    [InlineData("\n  \n# only comments\n", "")]
    [InlineData("---\r\na: 1\r\nb: |\r\n  x\r\n  y\r\nc: \"d\r\n  e\"\r\n", """{"a": 1, "b": "x\ny\n", "c": "d e"}""")]
    public void Parse_ValidText_GivesItsValues(string yaml, string? expected)
    {
        if (expected is null)
            Assert.Throws<ManifestSyntaxException>(() => TreeText.Of(yaml));
        else
            Assert.Equal(expected, TreeText.Of(yaml));
    }

    [Theory]
    [InlineData("a: 1\n\tb: 2\n", 1, "not valid YAML")]
    [InlineData("a:\n  b: 1\n   c: 2\n", 3, "not valid YAML")]
    [InlineData("a:\n  b:\n    c: 1\n   d: 2\n", 4, "not valid YAML")]
    [InlineData("a:\n    b: 1\n  c: 2\n", 3, "not valid YAML")]
    [InlineData("- a\nb: c\n", 2, "not valid YAML")]
    [InlineData("a: b\n- c\n", 2, "not valid YAML")]
    [InlineData("a: - b\n", 1, "not valid YAML")]
    [InlineData("a: b: c\n", 1, "not valid YAML")]
    [InlineData("a: 1\nb\nc: 2\n", 2, "not valid YAML")]
    [InlineData("a:1\nb: 2\n", 2, "not valid YAML")]
    [InlineData("a: \"x\ny: z\n", 1, "not valid YAML")]
    [InlineData("a: 'x\n---\n", 1, "not valid YAML")]
    [InlineData("a: \"x\" y\n", 1, "not valid YAML")]
    [InlineData("a: \"\\q\"\n", 1, "not valid YAML")]
    [InlineData("a: \"\\u12g4\"\n", 1, "not valid YAML")]
    [InlineData("a: \"\\ud800\"\n", 1, "not valid YAML")]
    [InlineData("a: [1, 2\nb: 3\n", 1, "not valid YAML")]
    [InlineData("a: [1, 2\n", 2, "not valid YAML")]
    [InlineData("a: {b: [1, 2}\n", 1, "not valid YAML")]
    [InlineData("a: [1,, 2]\n", 1, "not valid YAML")]
    [InlineData("a: ]\n", 1, "not valid YAML")]
    [InlineData("a: @x\n", 1, "not valid YAML")]
    [InlineData("a: %x\n", 1, "not valid YAML")]
    [InlineData("{{ template }}\n", 1, "a key must be a string")]
    [InlineData("%YAML 1.2\na: b\n", 2, "not valid YAML")]
    [InlineData("a: |x\n  y\n", 1, "not valid YAML")]
    [InlineData("a: |\n     \n  x\n", 3, "not valid YAML")]
    [InlineData("a: *x\n", 1, "no anchor &x")]
    [InlineData("a: &x [*x]\n", 1, "stands inside the value")]
    [InlineData("a: !foo x\n", 1, "the tag \"!foo\"")]
    [InlineData("a: !!int x\n", 1, "does not fit")]
    [InlineData("a: 1\nb: 2\na: 3\n", 3, "stands twice in the same mapping, first on line 1")]
    [InlineData("a: {x: 1, x: 2}\n", 1, "stands twice")]
    [InlineData("a:\n  <<: 1\n", 2, "a merge key")]
    [InlineData("a: b\n... x\n", 2, "not valid YAML")]
    public void Parse_InvalidText_SaysWhereAndWhat(string yaml, int line, string message)
    {
        var exception = Assert.Throws<ManifestSyntaxException>(() => TreeText.Of(yaml));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(line, exception.Line);
    }

    [Fact]
    public void Parse_ManyKeys_FindsDuplicateQuickly()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"key{i}: {i}\n");
        text.Append("key7: again\n");

        var exception = Assert.Throws<ManifestSyntaxException>(() => TreeText.Of(text.ToString()));

        Assert.Equal(50_001, exception.Line);
        Assert.Contains("first on line 8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EveryPrefixOfASample_EndsWithAValueOrAnError()
    {
        foreach (var sample in YamlSamples.Valid)
        {
            for (var length = 0; length < sample.Length; length++)
            {
                try
                {
                    TreeText.Of(sample[..length].TrimEnd('\r'));
                }
                catch (ManifestSyntaxException exception)
                {
                    Assert.True(exception.Line >= 1 && exception.Column >= 1);
                }
            }
        }
    }
}
