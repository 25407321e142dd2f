using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>One operation of a JSON Patch, read and checked by RFC 6902, section 4. Members it does not define are passed over.</summary>
internal sealed class JsonPatchOperation
{
    private const string Operations = "add, remove, replace, move, copy, test";
    private readonly int _position;

    private JsonPatchOperation(int position, string name, JsonPointer path, JsonPointer? from, JsonNode? value)
    {
        _position = position;
        Name = name;
        Path = path;
        From = from;
        Value = value;
    }

    public string Name { get; }

    public JsonPointer Path { get; }

    /// <summary>Of move and copy.</summary>
    public JsonPointer? From { get; }

    /// <summary>Of add, replace and test; null there is JSON's null.</summary>
    public JsonNode? Value { get; }

    public static JsonPatchOperation Read(JsonNode? node, int position)
    {
        if (node is not JsonObject fields)
            throw PatchException.Malformed("", $"operation {position} of the patch must be an object with op and path");
        var name = Text(fields, "op", position) ?? throw Lacks("op", $"one of {Operations}", position);
        var path = Pointer(fields, "path", position) ?? throw Lacks("path", "a JSON Pointer such as \"/spec/replicas\"", position);
        JsonPointer? from = null;
        JsonNode? value = null;
        switch (name)
        {
            case "add" or "replace" or "test":
                if (!fields.TryGetPropertyValue("value", out value))
                    throw Lacks("value", $"the value to {name}", position);
                break;
            case "move" or "copy":
                from = Pointer(fields, "from", position) ?? throw Lacks("from", $"the JSON Pointer of what to {name}", position);
                break;
            case "remove":
                break;
            default:
                throw PatchException.Malformed(path.Text, $"operation {position} of the patch: op must be one of {Operations}, found \"{name}\"");
        }

        return new JsonPatchOperation(position, name, path, from, value);
    }

    /// <summary>This operation does not fit the document.</summary>
    public PatchException Unfit(string message) => PatchException.Unfit(Path.Text, $"{this}: {message}");

    public PatchException Malformed(string message) => PatchException.Malformed(Path.Text, $"{this}: {message}");

    public override string ToString() =>
        From is null ? $"operation {_position} of the patch ({Name} \"{Path.Text}\")" : $"operation {_position} of the patch ({Name} \"{From.Text}\" to \"{Path.Text}\")";

    private static PatchException Lacks(string member, string what, int position) =>
        PatchException.Malformed("", $"operation {position} of the patch lacks {member}: {what}");

    private static string? Text(JsonObject fields, string member, int position)
    {
        if (!fields.TryGetPropertyValue(member, out var node))
            return null;
        return node?.GetValueKind() == JsonValueKind.String
            ? node.GetValue<string>()
            : throw PatchException.Malformed("", $"operation {position} of the patch: {member} must be a string");
    }

    private static JsonPointer? Pointer(JsonObject fields, string member, int position)
    {
        if (Text(fields, member, position) is not { } text)
            return null;
        return JsonPointer.Parse(text)
            ?? throw PatchException.Malformed(text, $"operation {position} of the patch: {member} must be a JSON Pointer (\"\" or steps that start with \"/\", with ~0 for ~ and ~1 for /), found \"{text}\"");
    }
}
