using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>A document while the operations of a JSON Patch change it.</summary>
internal sealed class PatchedDocument(JsonNode? root)
{
    private int _carried;

    public JsonNode? Root { get; private set; } = root;

    public void Apply(JsonPatchOperation operation)
    {
        switch (operation.Name)
        {
            case "add":
                Add(operation, operation.Value?.DeepClone());
                break;
            case "remove":
                Remove(operation, operation.Path);
                break;
            case "replace":
                Replace(operation);
                break;
            case "move":
                Move(operation);
                break;
            case "copy":
                var copy = Find(operation, operation.From!)?.DeepClone();
                Carry(operation, copy);
                Add(operation, copy);
                break;
            default:
                Test(operation);
                break;
        }
    }

    private void Add(JsonPatchOperation operation, JsonNode? value)
    {
        var path = operation.Path;
        if (!TreeDepth.IsAtMost(value, PatchLimits.MaxDepth - path.Depth))
            throw operation.Unfit($"the document would be nested deeper than {PatchLimits.MaxDepth} levels");
        if (path.IsRoot)
        {
            Root = value;
            return;
        }

        switch (Parent(operation, path))
        {
            case JsonObject fields:
                fields[path.Last] = value;
                break;
            case JsonArray items when path.Last == "-":
                items.Add(value);
                break;
            case JsonArray items:
                items.Insert(Index(operation, path, items, items.Count), value);
                break;
            default:
                throw operation.Unfit($"what is above \"{path.Text}\" is neither an object nor a list");
        }
    }

    private JsonNode? Remove(JsonPatchOperation operation, JsonPointer path)
    {
        if (path.IsRoot)
            throw operation.Unfit("the whole document cannot be removed");
        var value = Find(operation, path);
        if (Parent(operation, path) is JsonObject fields)
            fields.Remove(path.Last);
        else if (Parent(operation, path) is JsonArray items)
            items.RemoveAt(JsonPointer.Index(path.Last));
        return value;
    }

    private void Replace(JsonPatchOperation operation)
    {
        var path = operation.Path;
        Find(operation, path);
        if (!path.IsRoot && Parent(operation, path) is JsonArray items)
            items.RemoveAt(JsonPointer.Index(path.Last));
        Add(operation, operation.Value?.DeepClone());
    }

    // RFC 6902, section 4.4: a place cannot be moved into itself; moved to where it is, nothing happens.
    private void Move(JsonPatchOperation operation)
    {
        var from = operation.From!;
        if (from.Contains(operation.Path))
            throw operation.Malformed("a place cannot be moved into one of its own parts");
        Carry(operation, Find(operation, from));
        if (!from.IsSameAs(operation.Path))
            Add(operation, Remove(operation, from));
    }

    private void Test(JsonPatchOperation operation)
    {
        var found = Find(operation, operation.Path);
        if (!JsonNode.DeepEquals(found, operation.Value))
            throw operation.Unfit("the value there is another one");
    }

    private JsonNode? Find(JsonPatchOperation operation, JsonPointer path)
    {
        if (!path.TryFind(Root, out var value))
            throw operation.Unfit($"there is nothing at \"{path.Text}\"");
        return value;
    }

    private JsonNode? Parent(JsonPatchOperation operation, JsonPointer path)
    {
        if (!path.TryFindParent(Root, out var parent))
            throw operation.Unfit($"there is nothing above \"{path.Text}\" to hold it");
        return parent;
    }

    private static int Index(JsonPatchOperation operation, JsonPointer path, JsonArray items, int max)
    {
        var index = JsonPointer.Index(path.Last);
        if (index < 0)
            throw operation.Unfit($"\"{path.Last}\" is no index of a list: give digits without leading zeros, or \"-\" for its end");
        if (index > max)
            throw operation.Unfit($"the list has {items.Count} items, so that {index} is beyond its end");
        return index;
    }

    // A few copies of copies would make a document of any size.
    private void Carry(JsonPatchOperation operation, JsonNode? value)
    {
        _carried += value?.ToJsonString().Length ?? 0;
        if (_carried > PatchLimits.MaxCarried)
            throw operation.Unfit($"the patch copies and moves more than {PatchLimits.MaxCarried} characters");
    }
}
