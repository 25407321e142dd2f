using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.Resources.Reading;
using Sluice.Resources.Schemas;
using Sluice.Resources.Writing;

namespace Sluice.ApiServer.Persistence;

/// <summary>An object's file: what a person would have written. What belongs to the server is kept apart.</summary>
internal static class ObjectFileText
{
    private static readonly string[] ServerMetadata =
        ["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink", "generateName"];

    private static readonly string[] First = ["apiVersion", "kind", "metadata"];

    public static byte[] Of(StoredObject value)
    {
        using var text = new StringWriter();
        YamlText.Write(text, [Content(value.Kind, JsonReading.ParseStored(value.Json))]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Whether a file that a person has changed already means the object, so that it can stay with its comments.</summary>
    public static bool Means(ReadOnlySpan<byte> file, StoredObject value)
    {
        try
        {
            if (ManifestJson.Read("object.yaml", file) is not [var only])
                return false;
            var read = VersionConversion.FromClient(only.Value, value.Kind);
            read.Child("metadata").Put("namespace", value.Kind.IsNamespaced ? value.Key.Namespace : null);
            StructuralCheck.Prune(value.Kind.Schema, read);
            Defaulting.Apply(value.Kind.Definition, read);
            return JsonNodes.Same(Content(value.Kind, read), Content(value.Kind, JsonReading.ParseStored(value.Json)));
        }
        catch (ManifestJsonException)
        {
            return false;
        }
    }

    private static JsonObject Content(ResourceKind kind, JsonObject json)
    {
        if (kind.HasStatus)
            json.Remove("status");
        var metadata = json.Child("metadata");
        foreach (var name in ServerMetadata)
            metadata.Remove(name);
        var ordered = new JsonObject();
        foreach (var name in First.Concat(json.Select(pair => pair.Key).Except(First, StringComparer.Ordinal)).ToList())
        {
            if (json.Remove(name, out var part))
                ordered[name] = part;
        }

        return ordered;
    }
}
