using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Writing;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Rules;

/// <summary>Fields whose schema says that they never change.</summary>
internal static class ImmutableFields
{
    private const string Unchanged = "self == oldSelf";

    public static void Check(WriteContext context, JsonNode? value, JsonNode? live, SchemaNode node, string path)
    {
        foreach (var rule in node.Rules)
        {
            if (rule.Expression == Unchanged && value is not null && live is not null && !JsonNodes.Same(value, live))
                context.Invalid(path, rule.Message);
        }

        foreach (var (name, child) in node.Properties)
        {
            if (name != "metadata" && child.Type is not SchemaType.Array)
                Check(context, value.At(name), live.At(name), child, path.Length == 0 ? name : $"{path}.{name}");
        }
    }
}
