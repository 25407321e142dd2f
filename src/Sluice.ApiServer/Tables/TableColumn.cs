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
    /// <summary>"name" marks the column with the object's name.</summary>
    public string Format { get; init; } = "";
}
