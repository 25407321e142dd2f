using System.Text.Json;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>
/// Writes what makes tables of queries: rows of several queries whose labels are alike become one, labels become columns in the order
/// that is wanted, and each value is shown as what it stands for.
/// </summary>
internal static class TableWriter
{
    public static void Write(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject("fieldConfig");
        json.WriteStartObject("defaults");
        json.WriteStartObject("custom");
        json.WriteBoolean("filterable", true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("overrides");
        foreach (var column in panel.Columns.Where(column => column.Link is not null))
            WriteLink(json, column);
        foreach (var query in panel.Queries.Where(query => query.Format is not (ColumnFormat.Hidden or ColumnFormat.Number)))
            WriteFormat(json, query);
        json.WriteEndArray();
        json.WriteEndObject();

        json.WriteStartObject("options");
        json.WriteString("cellHeight", "sm");
        json.WriteBoolean("showHeader", true);
        json.WriteEndObject();
        WriteTransformations(json, panel);
    }

    private static void WriteLink(Utf8JsonWriter json, LabelColumn column)
    {
        BeginOverride(json, column.Title);
        json.WriteStartObject();
        json.WriteString("id", "links");
        json.WriteStartArray("value");
        json.WriteStartObject();
        json.WriteString("title", "Show ${__value.text}");
        json.WriteString("url", column.Link!.Url);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        EndOverride(json);
    }

    private static void WriteFormat(Utf8JsonWriter json, PanelQuery query)
    {
        BeginOverride(json, query.Name);
        switch (query.Format)
        {
            case ColumnFormat.Time:
                WriteProperty(json, "unit", "dateTimeAsIso");
                break;
            case ColumnFormat.Remaining or ColumnFormat.Duration:
                WriteProperty(json, "unit", "s");
                break;
            default:
                WriteCondition(json, isProblem: query.Format == ColumnFormat.ProblemCondition);
                break;
        }

        EndOverride(json);
    }

    private static void WriteCondition(Utf8JsonWriter json, bool isProblem)
    {
        json.WriteStartObject();
        json.WriteString("id", "mappings");
        json.WriteStartArray("value");
        json.WriteStartObject();
        json.WriteStartObject("options");
        WriteMapping(json, "0", "False", isProblem ? PanelWriter.Good : PanelWriter.Bad, 0);
        WriteMapping(json, "1", "True", isProblem ? PanelWriter.Bad : PanelWriter.Good, 1);
        json.WriteEndObject();
        json.WriteString("type", "value");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();

        json.WriteStartObject();
        json.WriteString("id", "custom.cellOptions");
        json.WriteStartObject("value");
        json.WriteString("type", "color-text");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMapping(Utf8JsonWriter json, string value, string text, string color, int index)
    {
        json.WriteStartObject(value);
        json.WriteString("color", color);
        json.WriteNumber("index", index);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteTransformations(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartArray("transformations");
        if (panel.Queries.Count > 1)
        {
            json.WriteStartObject();
            json.WriteString("id", "merge");
            json.WriteStartObject("options");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("id", "organize");
        json.WriteStartObject("options");
        WriteHidden(json, panel);
        WriteOrder(json, panel);
        WriteTitles(json, panel);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteHidden(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject("excludeByName");
        json.WriteBoolean("Time", true);
        for (var i = 0; i < panel.Queries.Count; i++)
        {
            if (panel.Queries[i].Format == ColumnFormat.Hidden)
                json.WriteBoolean(FieldOf(panel, i), true);
        }

        json.WriteEndObject();
    }

    private static void WriteOrder(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject("indexByName");
        var index = 0;
        json.WriteNumber("cluster", index++);
        foreach (var column in panel.Columns)
            json.WriteNumber(column.Label, index++);
        for (var i = 0; i < panel.Queries.Count; i++)
            json.WriteNumber(FieldOf(panel, i), index++);
        json.WriteEndObject();
    }

    private static void WriteTitles(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject("renameByName");
        json.WriteString("cluster", "Cluster");
        foreach (var column in panel.Columns)
            json.WriteString(column.Label, column.Title);
        for (var i = 0; i < panel.Queries.Count; i++)
        {
            if (panel.Queries[i].Format != ColumnFormat.Hidden)
                json.WriteString(FieldOf(panel, i), panel.Queries[i].Name);
        }

        json.WriteEndObject();
    }

    /// <summary>What Grafana calls the values of a query.</summary>
    private static string FieldOf(Panel panel, int query) => panel.Queries.Count == 1 ? "Value" : $"Value #{PanelWriter.RefId(query)}";

    private static void BeginOverride(Utf8JsonWriter json, string title)
    {
        json.WriteStartObject();
        json.WriteStartObject("matcher");
        json.WriteString("id", "byName");
        json.WriteString("options", title);
        json.WriteEndObject();
        json.WriteStartArray("properties");
    }

    private static void EndOverride(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string id, string value)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("value", value);
        json.WriteEndObject();
    }
}
