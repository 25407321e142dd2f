using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Writing;

/// <summary>
/// Writes JSON trees as YAML for people: block style, two spaces, no line is folded. What it writes reads back as the same
/// tree, by YAML 1.1 too. Strings that need quotes get those of JSON, which YAML reads the same way.
/// </summary>
public static class YamlText
{
    /// <summary>Characters that mean something to YAML in some places; strings that hold one are quoted.</summary>
    private static readonly SearchValues<char> Meaningful = SearchValues.Create("[]{}\"`");

    /// <summary>Documents one after another, each after a line "---". Lines end with a line feed.</summary>
    public static void Write(TextWriter output, IEnumerable<JsonNode> documents)
    {
        foreach (var document in documents)
        {
            output.Write("---\n");
            WriteBlock(output, document, 0, isInList: false);
        }
    }

    /// <param name="output">At the start of a line, or after "- ".</param>
    /// <param name="node">What to write.</param>
    /// <param name="indent">In spaces.</param>
    /// <param name="isInList">The first line begins after "- ".</param>
    private static void WriteBlock(TextWriter output, JsonNode? node, int indent, bool isInList)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } item:
                WriteMapping(output, item, indent, isInList);
                break;
            case JsonArray { Count: > 0 } list:
                foreach (var value in list)
                {
                    if (!isInList)
                        Indent(output, indent);
                    isInList = false;
                    output.Write("- ");
                    WriteBlock(output, value, indent + 2, isInList: true);
                }

                break;
            default:
                output.Write(Scalar(node, indent));
                output.Write('\n');
                break;
        }
    }

    private static void WriteMapping(TextWriter output, JsonObject item, int indent, bool isInList)
    {
        foreach (var (name, value) in item)
        {
            if (!isInList)
                Indent(output, indent);
            isInList = false;
            output.Write(IsPlain(name) ? name : Quoted(name));
            output.Write(':');
            var isNested = value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };
            output.Write(isNested ? '\n' : ' ');
            WriteBlock(output, value, value is JsonArray ? indent : indent + 2, isInList: false);
        }
    }

    private static string Scalar(JsonNode? node, int indent)
    {
        if (node is null)
            return "null";
        if (node.GetValueKind() != JsonValueKind.String)
            return node.ToJsonString();
        var text = node.GetValue<string>();
        if (IsPlain(text))
            return text;
        return indent > 0 && IsLines(text) ? Lines(text, indent) : Quoted(text);
    }

    /// <summary>Lines that can stand as they are, below "|".</summary>
    private static string Lines(string text, int indent)
    {
        var margin = "\n" + new string(' ', indent);
        var isEnded = text.EndsWith('\n');
        return (isEnded ? "|" : "|-") + margin + (isEnded ? text[..^1] : text).Replace("\n", margin, StringComparison.Ordinal);
    }

    private static bool IsLines(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is ' ' or '\n' || text.EndsWith("\n\n", StringComparison.Ordinal))
            return false;
        foreach (var c in text)
        {
            if (c is (< ' ' and not '\n') or > '~')
                return false;
        }

        return !text.Contains(" \n", StringComparison.Ordinal) && !text.Contains("\n\n", StringComparison.Ordinal);
    }

    /// <summary>Whether a string stays one without quotes: it starts like a word or a path, holds nothing that YAML gives a meaning, and is no word of YAML 1.1.</summary>
    private static bool IsPlain(string text)
    {
        var start = text.AsSpan().TrimStart("./");
        if (start.Length == 0 || text.Length - start.Length > 1 || !char.IsAsciiLetter(start[0]) || text[^1] is ' ' or ':')
            return false;
        if (text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null" or ".inf" or ".nan")
            return false;
        if (text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal))
            return false;
        return !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.AsSpan().ContainsAny(Meaningful);
    }

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static void Indent(TextWriter output, int count)
    {
        for (var i = 0; i < count; i++)
            output.Write(' ');
    }
}
