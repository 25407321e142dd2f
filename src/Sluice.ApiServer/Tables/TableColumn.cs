using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Tables;

/// <summary>A column of what <c>kubectl get</c> shows.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Type">"string", "integer", "date", …</param>
/// <param name="Description">What it says.</param>
/// <param name="Priority">0: always; above: only with <c>-o wide</c>.</param>
/// <param name="Cell">The cell of an object, at a time.</param>
internal sealed record TableColumn(string Name, string Type, string Description, int Priority, Func<JsonObject, DateTimeOffset, JsonNode?> Cell)
{
    public static TableColumn NameColumn { get; } = new("Name", "string", "The name of the object.", 0, (value, _) => Json.JsonNodes.Text(value, "metadata", "name")) { Format = "name" };

    public static TableColumn AgeColumn { get; } = Text("Age", "The time since the object was created.", (value, now) => HumanDuration.Since(Json.JsonNodes.Text(value, "metadata", "creationTimestamp"), now));

    public string Format { get; init; } = "";

    public static TableColumn Text(string name, string description, Func<JsonObject, DateTimeOffset, string?> cell, int priority = 0) =>
        new(name, "string", description, priority, (value, now) => cell(value, now));

    public static TableColumn Text(string name, string description, Func<JsonObject, string?> cell, int priority = 0) =>
        new(name, "string", description, priority, (value, _) => cell(value));

    public static TableColumn Number(string name, string description, Func<JsonObject, long> cell, int priority = 0) =>
        new(name, "integer", description, priority, (value, _) => cell(value));
}
