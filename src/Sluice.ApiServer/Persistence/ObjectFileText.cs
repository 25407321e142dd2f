using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Store;
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
        var json = JsonReading.ParseStored(value.Json);
        if (value.Kind.HasStatus)
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

        using var text = new StringWriter();
        YamlText.Write(text, [ordered]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
