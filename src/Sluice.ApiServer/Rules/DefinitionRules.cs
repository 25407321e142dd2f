using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>
/// CustomResourceDefinitions are kept, and said to be established at once: the kinds that are served do not depend on them.
/// </summary>
internal sealed class DefinitionRules : IKindRules
{
    public void Prepare(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (live is null)
            Establish(value, context.Now);
    }

    /// <summary>The status of a definition that is in force.</summary>
    public static void Establish(JsonObject value, DateTimeOffset now)
    {
        var time = MetadataPreparation.Time(now);
        value["status"] = new JsonObject
        {
            ["acceptedNames"] = value.At("spec", "names")?.DeepClone() ?? new JsonObject(),
            ["storedVersions"] = new JsonArray([.. (value.List("spec", "versions") ?? []).Where(version => version.Boolean("storage") == true).Select(version => (JsonNode?)version.Text("name"))]),
            ["conditions"] = new JsonArray(Condition("NamesAccepted", "NoConflicts", time), Condition("Established", "InitialNamesAccepted", time)),
        };
    }

    public void Check(WriteContext context, JsonObject value, JsonObject? live)
    {
        var name = $"{value.Text("spec", "names", "plural")}.{value.Text("spec", "group")}";
        if (value.Text("metadata", "name") != name)
            context.Invalid("metadata.name", $"must be spec.names.plural and spec.group, which is \"{name}\"");
    }

    private static JsonObject Condition(string type, string reason, string time) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["reason"] = reason,
        ["message"] = "",
        ["lastTransitionTime"] = time,
    };
}
