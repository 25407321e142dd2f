using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>
/// RFC 6902. All operations or none: what is applied to is left as it was. Trees are expected without names that come twice
/// (<see cref="System.Text.Json.JsonDocumentOptions.AllowDuplicateProperties"/>).
/// </summary>
public static class JsonPatch
{
    /// <param name="target">The document; null is JSON's null.</param>
    /// <param name="patch">A list of operations.</param>
    /// <returns>A new tree that shares nothing with the two.</returns>
    /// <exception cref="PatchException">The patch is malformed, does not fit, its test fails, or it goes beyond <see cref="PatchLimits"/>.</exception>
    public static JsonNode? Apply(JsonNode? target, JsonNode patch)
    {
        if (patch is not JsonArray operations)
            throw PatchException.Malformed("", "a JSON Patch must be a list of operations");
        if (operations.Count > PatchLimits.MaxOperations)
            throw PatchException.Unfit("", $"the patch has {operations.Count} operations, at most {PatchLimits.MaxOperations} are taken");
        TreeDepth.Check(patch);

        // Read all before the first is applied, so that a malformed one is told as such wherever it stands.
        var read = operations.Select(JsonPatchOperation.Read).ToList();
        var document = new PatchedDocument(target?.DeepClone());
        foreach (var operation in read)
            document.Apply(operation);
        return document.Root;
    }
}
