using System.Buffers;
using Sluice.Expressions.Templates;

namespace Sluice.Expressions.Tests.Templates;

/// <summary>No template, and no message, makes a rendering crash or go on and on.</summary>
public sealed class TemplateLimitTests
{
    private const int Runs = 20_000;

    [Theory]
    [InlineData("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "loops turn more than 100000 times")]
    [InlineData("{% for a in range(9999) %}{{ 'x' * 1000 }}{% endfor %}", "more than 1048576 bytes would be written")]
    [InlineData("{{ ('x' * 1000000) * 1000000 }}", "the evaluation costs more than is allowed")]
    [InlineData("{% set x = 'ab' %}{% for a in range(9999) %}{% set x = x ~ x %}{% endfor %}{{ x }}", null)]
    [InlineData("{% for a in range(99) %}{% for b in range(999) %}{{ body()|upper|length }}{% endfor %}{% endfor %}", "the evaluation costs more than is allowed")]
    [InlineData("{{ range(99999) }}", "range() would have 99999 elements: at most 10000 are allowed")]
    [InlineData("{{ 2 ** 9999999 }}", "the result is out of the range of its type")]
    public void Render_BeyondALimit_Ends(string template, string? expected)
    {
        var result = TestMessage.Render(template, $"\"{new string('y', 1000)}\"");

        if (expected is not null)
            Assert.Equal($"error: line 1: {expected}", result);
    }

    [Fact]
    public void Render_OfAListWithinItself_IsNoStackOverflow()
    {
        const string Deep = "{% set x = [0] %}{% for i in range(9999) %}{% if i %}{% endif %}{% endfor %}{{ x == x }}";
        Assert.Equal("true", TestMessage.Render(Deep));

        // Slots of a block keep what the turn before has set, so only nesting in the text makes lists deep.
        var literal = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));
        Assert.Equal("true", TestMessage.Render($"{{{{ {literal} == {literal} }}}}"));
        Assert.StartsWith("error: line 1, column ", TestMessage.Render($"{{{{ {new string('[', 100)}{new string(']', 100)} }}}}"));
        Assert.StartsWith("error: line 1, column ", TestMessage.Render(string.Concat(Enumerable.Repeat("{% if 1 %}", 100))));
        Assert.StartsWith("error: line 1, column ", TestMessage.Render("{{ " + string.Concat(Enumerable.Repeat("not ", 20_000)) + "1 }}"));
        Assert.StartsWith("error: line 1, column ", TestMessage.Render("{{ " + string.Join("+", Enumerable.Repeat("1", 20_000)) + " }}"));
    }

    [Fact]
    public void Compile_OfTooLongASource_SaysSo() =>
        Assert.StartsWith("error: line 1, column 65537: the template has 70000 characters: at most 65536 are allowed", TestMessage.Render(new string('x', 70_000)));

    [Fact]
    public void RandomInput_NeverThrows()
    {
        string[] pieces =
        [
            "{{", "}}", "{%", "%}", "{#", "#}", "-", "if", "for", "set", "else", "endif", "endfor", "raw", "endraw", " ", "x", "loop.", "index", "in", "range(5)", "|", "join", "map",
            "sort", "tojson", "is", "not", "(", ")", "[", "]", "{", "}", ":", ",", "'", "\"", "a", "1", "2.5", "==", "~", "**", "//", "header('x-a')", "body()", "context()", "\\", "\n", "ä", "\ud83d", "=", ".", "and", "or",
            "default", "split", "attribute=", "selectattr", "base64_decode", "substring", "{{ x }}", "{% for x in [1,2] %}", "{% endfor %}", "{% if x %}", "{% endif %}", "{{ a|", " }}",
        ];
        var random = new Random(7);
        var settings = new TemplateSettings { Limits = new TemplateLimits { MaxCost = 10_000, MaxIterations = 1_000, MaxOutput = 10_000 } };
        var rendered = 0;
        for (var run = 0; run < Runs; run++)
        {
            var source = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (Template.TryCompile(source, settings, out var error) is not { } template)
            {
                Assert.InRange(error!.Position, 0, source.Length);
                continue;
            }
            var output = new ArrayBufferWriter<byte>();
            if (template.TryRender(new TestMessage("""{"x":[1,"b",{"a":null}],"a":{"x":1.5}}"""), output, out var failure))
                rendered++;
            else
                Assert.NotEmpty(failure!.Message);
        }
        Assert.True(rendered > Runs / 100, $"only {rendered} of {Runs} were templates");
    }
}
