using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Resources.Reading.Json;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;
using Sluice.Resources.Reading.Yaml;

namespace Sluice.Resources.Reading;

/// <summary>
/// The objects of manifests as JSON, whatever their kinds are: for those who keep them rather than serve them. Lists are taken
/// apart; values are what <see cref="ManifestReader"/> takes them for.
/// </summary>
public static class ManifestJson
{
    /// <param name="path">A name that ends in .json means JSON.</param>
    /// <param name="content">UTF-8, with or without byte order mark.</param>
    /// <param name="limits">Null for <see cref="ManifestLimits.Default"/>.</param>
    /// <returns>Each object with the line that it begins on; values that are no objects are left out.</returns>
    /// <exception cref="ManifestJsonException">The content is no YAML, or no JSON, or goes beyond a limit.</exception>
    public static IReadOnlyList<(JsonObject Value, int Line)> Read(string path, ReadOnlySpan<byte> content, ManifestLimits? limits = null)
    {
        var parts = new ManifestReaderParts(limits ?? ManifestLimits.Default);
        var found = new List<(JsonObject, int)>();
        try
        {
            if (content.Length > parts.Limits.MaxFileBytes)
                throw new ManifestSyntaxException(0, 0, $"there are {Describe.Number(content.Length)} bytes, at most {Describe.Number(parts.Limits.MaxFileBytes)} are read");
            var text = TextCheck.SkipByteOrderMark(content);
            TextCheck.Check(text);
            if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                var parser = new JsonParser(text, parts.Builder, parts.Strings, parts.Limits.MaxDepth);
                while (parser.Read())
                    Add(parts.Tree.Root, found);
            }
            else
            {
                foreach (var document in DocumentSplitter.Split(text))
                {
                    var reader = new YamlTreeReader(text.Slice(document.Start, document.Length), document.FirstLine, parts.Builder, parts.Strings);
                    while (reader.Read())
                        Add(parts.Tree.Root, found);
                }
            }
        }
        catch (ManifestSyntaxException exception)
        {
            throw new ManifestJsonException(exception.Line, exception.Column, exception.Message);
        }

        return found;
    }

    private static void Add(Node root, List<(JsonObject, int)> found)
    {
        if (root.TryGet("kind", out var kind) && kind.Text.EndsWith("List", StringComparison.Ordinal) && root.TryGet("items", out var items))
        {
            foreach (var item in items)
            {
                if (item.Kind == NodeKind.Mapping)
                    found.Add(((JsonObject)Value(item)!, item.Line));
            }
        }
        else if (root.Kind == NodeKind.Mapping)
        {
            found.Add(((JsonObject)Value(root)!, root.Line));
        }
    }

    private static JsonNode? Value(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                var map = new JsonObject();
                foreach (var child in node)
                    map[child.Key] = Value(child);
                return map;
            case NodeKind.Sequence:
                var list = new JsonArray();
                foreach (var child in node)
                    list.Add(Value(child));
                return list;
            case NodeKind.Boolean:
                return JsonValue.Create(node.Text.ToLowerInvariant() is "true" or "yes" or "on");
            case NodeKind.Integer:
                return Integer(node.Text.Replace("_", "", StringComparison.Ordinal));
            case NodeKind.Float:
                return double.TryParse(node.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
                    ? JsonValue.Create(real)
                    : JsonValue.Create(node.Text);
            case NodeKind.Null:
                return null;
            default:
                return JsonValue.Create(node.Text);
        }
    }

    /// <summary>YAML 1.1: 0x, 0b, 0o and a leading 0 name the base.</summary>
    private static JsonValue Integer(string text)
    {
        var isNegative = text[0] == '-';
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        long value;
        var isRight = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => long.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value),
            ['0', 'b' or 'B', .. var binary] => long.TryParse(binary, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out value),
            ['0', 'o' or 'O', .. var octal] => TryOctal(octal, out value),
            ['0', _, ..] when TryOctal(digits, out value) => true,
            _ => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        };
        if (isRight)
            return JsonValue.Create(isNegative ? -value : value);
        return double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var real) ? JsonValue.Create(isNegative ? -real : real) : JsonValue.Create(text);
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out long value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (c is < '0' or > '7' || value > long.MaxValue >> 3)
                return false;
            value = (value << 3) | (uint)(c - '0');
        }

        return digits.Length > 0;
    }
}
