using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>metadata of every kind.</summary>
internal static class MetadataCheck
{
    /// <summary>Names and values of all annotations of an object together, in bytes: 256 KiB.</summary>
    private const int MaxAnnotationBytes = 256 << 10;
    private const int MaxEntries = 1000;

    public static void Check(WriteContext context, JsonObject metadata, JsonObject? live)
    {
        CheckName(context, metadata);
        CheckMap(context, metadata, "labels", (key, value) =>
            MetadataRules.IsLabelValue(value) ? null : $"the label {key} must have at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, found \"{Short(value)}\"");
        CheckMap(context, metadata, "annotations", null);
        CheckAnnotationSize(context, metadata);
        CheckOwners(context, metadata);
        CheckFinalizers(context, metadata, live);
    }

    private static void CheckName(WriteContext context, JsonObject metadata)
    {
        var name = metadata.Text("name") ?? "";
        var isRight = context.Kind switch
        {
            { Group: "", Kind: "Namespace" } => MetadataRules.IsDnsLabel(name),
            { Group: "", Kind: "Service" } => MetadataRules.IsServiceName(name),
            _ => MetadataRules.IsSubdomain(name),
        };
        if (!isRight)
        {
            var rule = context.Kind switch
            {
                { Group: "", Kind: "Namespace" } => "of at most 63 letters, digits and '-'",
                { Group: "", Kind: "Service" } => "of at most 63 letters, digits and '-' that starts with a letter",
                _ => "of at most 253 letters, digits, '-' and '.'",
            };
            context.Invalid("metadata.name", $"must be a lower-case name {rule}, starting and ending with a letter or digit, found \"{Short(name)}\"");
        }

        if (context.Kind.IsNamespaced && !MetadataRules.IsDnsLabel(context.Path.Namespace))
            context.Invalid("metadata.namespace", $"must be a lower-case name of at most 63 letters, digits and '-', found \"{Short(context.Path.Namespace)}\"");
    }

    private static void CheckMap(WriteContext context, JsonObject metadata, string field, Func<string, string, string?>? checkValue)
    {
        if (metadata[field] is not { } node)
            return;
        if (node is not JsonObject map)
        {
            context.Invalid($"metadata.{field}", "must be an object of strings");
            return;
        }

        foreach (var (key, value) in map)
        {
            if (!MetadataRules.IsQualifiedName(field == "annotations" ? key.ToLowerInvariant() : key))
                context.Invalid($"metadata.{field}", $"a name must be an optional DNS prefix and '/', then at most 63 letters, digits, '-', '_' and '.', found \"{Short(key)}\"");
            if (value.Text() is not { } text)
                context.Invalid($"metadata.{field}", $"the value of \"{Short(key)}\" must be a string");
            else if (checkValue?.Invoke(key, text) is { } problem)
                context.Invalid($"metadata.{field}", problem);
        }
    }

    private static void CheckAnnotationSize(WriteContext context, JsonObject metadata)
    {
        if (metadata.Map("annotations") is not { } annotations)
            return;
        var bytes = annotations.Sum(pair => (long)Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value.Text() ?? ""));
        if (bytes > MaxAnnotationBytes)
            context.Invalid("metadata.annotations", $"must have at most {MaxAnnotationBytes} bytes in all names and values together, found {bytes}", "FieldValueTooLong");
    }

    private static void CheckOwners(WriteContext context, JsonObject metadata)
    {
        if (metadata["ownerReferences"] is not { } node)
            return;
        if (node is not JsonArray owners || owners.Count > MaxEntries)
        {
            context.Invalid("metadata.ownerReferences", $"must be a list of at most {MaxEntries} references");
            return;
        }

        string? controller = null;
        for (var i = 0; i < owners.Count; i++)
        {
            foreach (var field in (ReadOnlySpan<string>)["apiVersion", "kind", "name", "uid"])
            {
                if (string.IsNullOrEmpty(owners[i].Text(field)))
                    context.Invalid($"metadata.ownerReferences[{i}].{field}", "is required", StatusCause.Required);
            }

            if (owners[i].Boolean("controller") != true)
                continue;
            if (controller is not null)
                context.Invalid("metadata.ownerReferences", $"only one owner can be the controller, found {controller} and {owners[i].Text("name")}");
            controller = owners[i].Text("name");
        }
    }

    private static void CheckFinalizers(WriteContext context, JsonObject metadata, JsonObject? live)
    {
        if (metadata["finalizers"] is not { } node)
            return;
        if (node is not JsonArray finalizers || finalizers.Count > MaxEntries)
        {
            context.Invalid("metadata.finalizers", $"must be a list of at most {MaxEntries} names");
            return;
        }

        var before = live.List("metadata", "finalizers");
        for (var i = 0; i < finalizers.Count; i++)
        {
            var name = finalizers[i].Text() ?? "";
            if (!MetadataRules.IsQualifiedName(name))
                context.Invalid($"metadata.finalizers[{i}]", $"must be a name such as \"example.com/cleanup\", found \"{Short(name)}\"");
            if (live.Text("metadata", "deletionTimestamp") is not null && before?.Any(known => known.Text() == name) != true)
                context.Invalid("metadata.finalizers", $"\"{Short(name)}\" cannot be added: the object is being deleted", StatusCause.Forbidden);
        }
    }

    private static string Short(string value) => value.Length <= 64 ? value : string.Concat(value.AsSpan(0, 64), "…");
}
