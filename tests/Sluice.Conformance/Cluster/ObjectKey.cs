using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>Namespace "" for objects of the cluster itself.</summary>
internal readonly record struct ObjectKey(string Kind, string Namespace, string Name)
{
    public static ObjectKey Of(JsonObject document)
    {
        var metadata = document["metadata"]?.AsObject() ?? throw new FormatException("an object has no metadata");
        return new ObjectKey(Text(document, "kind"), metadata["namespace"]?.GetValue<string>() ?? "", Text(metadata, "name"));
    }

    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";

    private static string Text(JsonObject parent, string name) => parent[name]?.GetValue<string>() ?? throw new FormatException($"an object has no {name}");
}
