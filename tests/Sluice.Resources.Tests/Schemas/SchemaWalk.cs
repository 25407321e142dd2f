using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>Ways through a schema. Paths are written as "spec.rules[].name", entries of maps as "{}".</summary>
internal static class SchemaWalk
{
    /// <summary>Every part with its path, the root first.</summary>
    public static IEnumerable<(string Path, SchemaNode Node)> Nodes(SchemaNode node, string path = "")
    {
        yield return (path, node);
        foreach (var (name, property) in node.Properties)
        {
            foreach (var below in Nodes(property, path.Length == 0 ? name : $"{path}.{name}"))
                yield return below;
        }

        if (node.Items is { } items)
        {
            foreach (var below in Nodes(items, path + "[]"))
                yield return below;
        }

        if (node.AdditionalProperties is { } values)
        {
            foreach (var below in Nodes(values, path + "{}"))
                yield return below;
        }
    }

    public static SchemaNode At(SchemaNode root, string path)
    {
        var node = root;
        foreach (var step in path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.'))
            node = step == "[]" ? node.Items! : node.Child(step)!;
        return node;
    }
}
