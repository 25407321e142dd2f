using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Tables;

/// <summary>The columns of each kind, from its printer columns.</summary>
internal static class KindColumns
{
    private static readonly ConcurrentDictionary<ResourceKind, IReadOnlyList<TableColumn>> Known = new();

    private static readonly TableColumn Name = new("Name", "string", "The name of the object.", 0, (value, _) => value.Text("metadata", "name")) { Format = "name" };

    public static IReadOnlyList<TableColumn> Of(ResourceKind kind) => Known.GetOrAdd(kind, static kind => Create(kind.Definition));

    private static List<TableColumn> Create(KindSchema kind)
    {
        var columns = new List<TableColumn>();
        if (kind.HasNameColumn)
            columns.Add(Name);
        columns.AddRange(kind.PrinterColumns.Select(Create));
        return columns;
    }

    private static TableColumn Create(PrinterColumn column)
    {
        // Times are shown as ages, which are strings to whoever prints them.
        var type = column.Type == "date" ? "string" : column.Type;
        if (column.Compute is { } compute)
            return new TableColumn(column.Name, type, column.Description, column.Priority, (value, now) => Shown(column.Type, JsonValue.Create(compute(value)), now));
        var path = JsonPath.Parse(column.JsonPath);
        return new TableColumn(column.Name, type, column.Description, column.Priority, (value, now) =>
        {
            var found = path.Find(value);
            return found.Count == 0 ? null : column.Type == "string" ? JsonPath.Text(found) : Shown(column.Type, found[0], now);
        });
    }

    private static JsonNode? Shown(string type, JsonNode? value, DateTimeOffset now)
    {
        switch (type)
        {
            case "date":
                return HumanDuration.Since(value.Text(), now);
            case "integer" when value.Text() is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var number):
                return number;
            default:
                return value?.DeepClone();
        }
    }
}
