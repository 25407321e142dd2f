using System.Text.Json;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Writes panels: what all have in common, numbers and graphs. Tables are <see cref="TableWriter"/>'s.</summary>
internal static class PanelWriter
{
    public const string Good = "green";
    public const string Bad = "red";

    public static void WriteRow(Utf8JsonWriter json, string title, int id, int y)
    {
        json.WriteStartObject();
        json.WriteBoolean("collapsed", false);
        WritePosition(json, 0, y, 24, 1);
        json.WriteNumber("id", id);
        json.WriteStartArray("panels");
        json.WriteEndArray();
        json.WriteString("title", title);
        json.WriteString("type", "row");
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Panel panel, int id, int x, int y)
    {
        json.WriteStartObject();
        DashboardWriter.WriteDataSource(json);
        json.WriteString("description", panel.Description);
        switch (panel.Kind)
        {
            case PanelKind.Stat:
                WriteStat(json, panel);
                break;
            case PanelKind.Graph:
                WriteGraph(json, panel);
                break;
            default:
                TableWriter.Write(json, panel);
                break;
        }

        WritePosition(json, x, y, panel.Width, panel.Height);
        json.WriteNumber("id", id);
        WriteTargets(json, panel);
        json.WriteString("title", panel.Title);
        json.WriteString("type", panel.Kind switch { PanelKind.Stat => "stat", PanelKind.Graph => "timeseries", _ => "table" });
        json.WriteEndObject();
    }

    private static void WriteStat(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject("fieldConfig");
        json.WriteStartObject("defaults");
        json.WriteStartObject("color");
        json.WriteString("mode", "thresholds");
        json.WriteEndObject();
        // Most of these numbers count, and what is not there is none.
        json.WriteString("noValue", "0");
        json.WriteStartObject("thresholds");
        json.WriteString("mode", "absolute");
        json.WriteStartArray("steps");
        WriteStep(json, null, panel.Tone switch { Tone.Problem => Good, Tone.Health => Bad, _ => "text" });
        if (panel.Tone == Tone.Problem)
            WriteStep(json, 0.000001, Bad);
        else if (panel.Tone == Tone.Health)
            WriteStep(json, 1, Good);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("unit", panel.Unit);
        json.WriteEndObject();
        WriteNoOverrides(json);
        json.WriteEndObject();

        json.WriteStartObject("options");
        json.WriteString("colorMode", "value");
        json.WriteString("graphMode", "none");
        json.WriteStartObject("reduceOptions");
        json.WriteStartArray("calcs");
        json.WriteStringValue("lastNotNull");
        json.WriteEndArray();
        json.WriteBoolean("values", false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, double? from, string color)
    {
        json.WriteStartObject();
        json.WriteString("color", color);
        if (from is { } value)
            json.WriteNumber("value", value);
        else
            json.WriteNull("value");
        json.WriteEndObject();
    }

    private static void WriteGraph(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartObject("fieldConfig");
        json.WriteStartObject("defaults");
        json.WriteStartObject("custom");
        json.WriteNumber("fillOpacity", panel.IsStacked ? 40 : 10);
        json.WriteString("showPoints", "never");
        json.WriteStartObject("stacking");
        json.WriteString("mode", panel.IsStacked ? "normal" : "none");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("min", 0);
        json.WriteString("unit", panel.Unit);
        json.WriteEndObject();
        WriteNoOverrides(json);
        json.WriteEndObject();

        json.WriteStartObject("options");
        json.WriteStartObject("legend");
        json.WriteString("displayMode", "list");
        json.WriteString("placement", "bottom");
        json.WriteBoolean("showLegend", true);
        json.WriteEndObject();
        json.WriteStartObject("tooltip");
        json.WriteString("mode", "multi");
        json.WriteString("sort", "desc");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTargets(Utf8JsonWriter json, Panel panel)
    {
        json.WriteStartArray("targets");
        for (var i = 0; i < panel.Queries.Count; i++)
        {
            var isTable = panel.Kind == PanelKind.Table;
            var isInstant = panel.Kind != PanelKind.Graph;
            json.WriteStartObject();
            DashboardWriter.WriteDataSource(json);
            json.WriteString("editorMode", "code");
            json.WriteString("expr", panel.Queries[i].Expression);
            if (isTable)
                json.WriteString("format", "table");
            json.WriteBoolean("instant", isInstant);
            if (panel.Kind == PanelKind.Graph)
                json.WriteString("legendFormat", panel.Queries[i].Name);
            json.WriteBoolean("range", !isInstant);
            json.WriteString("refId", RefId(i));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A, B, C …</summary>
    internal static string RefId(int query) => ((char)('A' + query)).ToString();

    private static void WriteNoOverrides(Utf8JsonWriter json)
    {
        json.WriteStartArray("overrides");
        json.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter json, int x, int y, int width, int height)
    {
        json.WriteStartObject("gridPos");
        json.WriteNumber("h", height);
        json.WriteNumber("w", width);
        json.WriteNumber("x", x);
        json.WriteNumber("y", y);
        json.WriteEndObject();
    }
}
