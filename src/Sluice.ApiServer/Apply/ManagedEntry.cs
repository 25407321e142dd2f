using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;

namespace Sluice.ApiServer.Apply;

/// <summary>One entry of metadata.managedFields: which fields a manager has.</summary>
/// <param name="Manager">Its name.</param>
/// <param name="Operation">"Apply" or "Update".</param>
/// <param name="Subresource">"" for the object itself.</param>
/// <param name="ApiVersion">The version that the fields are named in.</param>
/// <param name="Time">Of its last change.</param>
/// <param name="Fields">What it has.</param>
internal sealed record ManagedEntry(string Manager, string Operation, string Subresource, string ApiVersion, string? Time, FieldSet Fields)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    public bool IsOf(string manager, string operation, string subresource) => Manager == manager && Operation == operation && Subresource == subresource;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToJson(),
        };
        json.Put("time", Time);
        json.Put("subresource", Subresource.Length == 0 ? null : Subresource);
        return json;
    }

    /// <summary>Null when any entry cannot be read; an empty list when there are none.</summary>
    public static List<ManagedEntry>? ReadAll(JsonNode? list)
    {
        var entries = new List<ManagedEntry>();
        foreach (var item in list as JsonArray ?? [])
        {
            if (item.Text("operation") is not (Apply or Update) || FieldSet.FromJson(item.At("fieldsV1")) is not { } fields)
                return null;
            entries.Add(new ManagedEntry(
                item.Text("manager") ?? "",
                item.Text("operation")!,
                item.Text("subresource") ?? "",
                item.Text("apiVersion") ?? "",
                item.Text("time"),
                fields));
        }

        return entries;
    }
}
