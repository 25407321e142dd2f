using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;

namespace Sluice.ApiServer.Tables;

/// <summary>
/// The part of Kubernetes' JSONPath that printer columns use: <c>.a.b</c>, <c>['a']</c>, <c>[0]</c>, <c>[*]</c> and
/// <c>[?(@.a=="x")]</c>. A backslash stands before a dot that is part of a name.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Func<JsonNode?, IEnumerable<JsonNode?>>> _steps = [];

    private JsonPath()
    {
    }

    /// <exception cref="FormatException">The path has something else in it.</exception>
    public static JsonPath Parse(string text)
    {
        var path = new JsonPath();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '.')
            {
                at++;
                var name = Name(text, ref at);
                if (name.Length > 0)
                    path._steps.Add(Field(name));
            }
            else if (text[at] == '[')
            {
                var end = text.IndexOf(']', at);
                if (end < 0)
                    throw new FormatException($"the path \"{text}\" has no ] after character {at}");
                path._steps.Add(Bracket(text[(at + 1)..end], text));
                at = end + 1;
            }
            else
            {
                throw new FormatException($"the path \"{text}\" must have a dot or [ at character {at}");
            }
        }

        return path;
    }

    public IReadOnlyList<JsonNode?> Find(JsonNode root)
    {
        IEnumerable<JsonNode?> found = [root];
        foreach (var step in _steps)
            found = found.SelectMany(step);
        return [.. found];
    }

    /// <summary>What was found as one text, values separated by spaces; lists and objects as JSON.</summary>
    public static string Text(IReadOnlyList<JsonNode?> values) => string.Join(' ', values.Select(value => value.Text() ?? value?.ToJsonString(JsonTexts.Readable) ?? ""));

    private static string Name(string text, ref int at)
    {
        var name = new System.Text.StringBuilder();
        for (; at < text.Length && text[at] is not ('.' or '['); at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            name.Append(text[at]);
        }

        return name.ToString();
    }

    private static Func<JsonNode?, IEnumerable<JsonNode?>> Field(string name) =>
        node => node.At(name) is { } value ? [value] : [];

    private static Func<JsonNode?, IEnumerable<JsonNode?>> Bracket(string inner, string path)
    {
        if (inner == "*")
            return node => node as IEnumerable<JsonNode?> ?? (node as JsonObject)?.Select(pair => pair.Value) ?? [];
        if (inner.Length > 1 && inner[0] is '\'' or '"' && inner[^1] == inner[0])
            return Field(inner[1..^1]);
        if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return node => node is JsonArray list && index < list.Count ? [list[index]] : [];
        var equals = inner.IndexOf("==", StringComparison.Ordinal);
        if (!inner.StartsWith("?(@.", StringComparison.Ordinal) || !inner.EndsWith(')') || equals < 0)
            throw new FormatException($"the path \"{path}\" has the unknown part [{inner}]");
        var field = inner[4..equals].Trim();
        var wanted = inner[(equals + 2)..^1].Trim().Trim('\'', '"');
        return node => (node as JsonArray)?.Where(item => item.Text(field) == wanted) ?? [];
    }
}
