using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas;

namespace Sluice.Translation.Tests.FieldReference;

/// <summary>The fields of a schema that hold a value: scalars, maps and lists of scalars.</summary>
internal static class SchemaFields
{
    /// <summary>Of spec and status.</summary>
    public static IReadOnlyList<string> Of(string kind)
    {
        var fields = new List<string>();
        foreach (var (name, part) in KindSchemas.Find(GatewayApiGroup.Name, kind)!.Root.Properties)
        {
            if (name is "spec" or "status")
                Collect(part, name, fields);
        }

        return fields;
    }

    private static void Collect(SchemaNode schema, string path, List<string> fields)
    {
        if (schema.Items is not null)
        {
            Collect(schema.Items, path + "[]", fields);
            return;
        }

        if (schema.Properties.Count == 0)
        {
            fields.Add(path);
            return;
        }

        foreach (var (name, property) in schema.Properties)
            Collect(property, $"{path}.{name}", fields);
    }
}
