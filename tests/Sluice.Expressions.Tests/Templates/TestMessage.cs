using System.Buffers;
using System.Text;
using Sluice.Expressions.Cel;
using Sluice.Expressions.Templates;

namespace Sluice.Expressions.Tests.Templates;

/// <summary>A message in memory.</summary>
internal sealed class TestMessage(string json = "") : ITemplateContext
{
    private readonly CelValue _json = json.Length == 0 ? CelValue.Absent : JsonValues.Parse(Encoding.UTF8.GetBytes(json));
    private readonly Dictionary<string, CelValue> _headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x-a"] = CelValue.Of("one"),
        ["x-space"] = CelValue.Of("  two words "),
        [":path"] = CelValue.Of("/p?q=1"),
    };

    /// <summary>What a template makes of it; an error as "error: …".</summary>
    public static string Render(string template, string json = "", TemplateSettings? settings = null)
    {
        var compiled = Template.TryCompile(template, settings ?? TemplateSettings.Default, out var error);
        if (compiled is null)
            return $"error: {error}";
        var output = new ArrayBufferWriter<byte>();
        return compiled.TryRender(new TestMessage(json), output, out var failure) ? Encoding.UTF8.GetString(output.WrittenSpan) : $"error: {failure}";
    }

    public CelValue Header(ReadOnlySpan<byte> name) => _headers.GetValueOrDefault(Encoding.UTF8.GetString(name));

    public CelValue RequestHeader(ReadOnlySpan<byte> name) => CelValue.Of("request " + Encoding.UTF8.GetString(name));

    public CelValue Body() => CelValue.Of(json);

    public CelValue Json() => _json;

    public CelValue Cookie(ReadOnlySpan<byte> name, bool ignoresCase) => CelValue.Of($"{Encoding.UTF8.GetString(name)}{(ignoresCase ? " in any case" : "")}");

    public CelValue EnvironmentVariable(string name) => CelValue.Of("value of " + name);

    public CelValue Random(ReadOnlySpan<byte> pattern) => CelValue.Of("RANDOM");
}
