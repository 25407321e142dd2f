using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>A column of <c>kubectl get</c> beside the name, which always comes first.</summary>
/// <param name="Name">The heading as it is given; kubectl shows it in capitals.</param>
/// <param name="Type">"string", "integer", "boolean", "number" or "date" (a time, shown as the age).</param>
/// <param name="JsonPath">Where the value stands, such as ".spec.gatewayClassName"; "" for columns that are computed.</param>
public sealed record PrinterColumn(string Name, string Type, string JsonPath)
{
    /// <summary>0 is always shown, 1 with <c>-o wide</c>.</summary>
    public int Priority { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Computes the cell from the object (a time when <see cref="Type"/> is "date"), for columns that no path expresses; null for the others.</summary>
    public Func<JsonObject, string>? Compute { get; init; }

    /// <summary>The age, from the time of creation.</summary>
    public static PrinterColumn Age { get; } = new("Age", "date", ".metadata.creationTimestamp") { Description = "Time since the object was created." };
}
