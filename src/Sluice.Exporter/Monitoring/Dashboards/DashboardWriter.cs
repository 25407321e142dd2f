using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Writes dashboards in Grafana's JSON. What is left out has Grafana's default.</summary>
internal static class DashboardWriter
{
    /// <summary>Of Grafana 10; newer ones migrate it when they read it.</summary>
    private const int SchemaVersion = 39;

    private const int GridWidth = 24;

    public static string Write(Dashboard dashboard)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, dashboard);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>The data source that is chosen at the top of the dashboard.</summary>
    public static void WriteDataSource(Utf8JsonWriter json)
    {
        json.WriteStartObject("datasource");
        json.WriteString("type", "prometheus");
        json.WriteString("uid", "${datasource}");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Dashboard dashboard)
    {
        json.WriteStartObject();
        json.WriteString("description", dashboard.Description);
        json.WriteBoolean("editable", true);
        // One cross-hair for all panels.
        json.WriteNumber("graphTooltip", 1);
        WriteLinks(json);
        WritePanels(json, dashboard.Rows);
        json.WriteString("refresh", "30s");
        json.WriteNumber("schemaVersion", SchemaVersion);
        WriteStrings(json, "tags", "gateway-api", "sluice");
        json.WriteStartObject("templating");
        json.WriteStartArray("list");
        WriteDataSourceVariable(json);
        foreach (var variable in dashboard.Variables)
            WriteVariable(json, variable);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("time");
        json.WriteString("from", "now-1h");
        json.WriteString("to", "now");
        json.WriteEndObject();
        json.WriteString("title", dashboard.Title);
        json.WriteString("uid", dashboard.Uid);
        json.WriteEndObject();
    }

    /// <summary>To the other dashboards, with the same time.</summary>
    private static void WriteLinks(Utf8JsonWriter json)
    {
        json.WriteStartArray("links");
        json.WriteStartObject();
        json.WriteBoolean("asDropdown", true);
        json.WriteBoolean("includeVars", false);
        json.WriteBoolean("keepTime", true);
        WriteStrings(json, "tags", "sluice");
        json.WriteString("title", "Dashboards");
        json.WriteString("type", "dashboards");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WritePanels(Utf8JsonWriter json, IReadOnlyList<DashboardRow> rows)
    {
        json.WriteStartArray("panels");
        var (id, y) = (1, 0);
        foreach (var row in rows)
        {
            PanelWriter.WriteRow(json, row.Title, id++, y++);
            var (x, height) = (0, 0);
            foreach (var panel in row.Panels)
            {
                if (x + panel.Width > GridWidth)
                {
                    y += height;
                    (x, height) = (0, 0);
                }

                PanelWriter.Write(json, panel, id++, x, y);
                x += panel.Width;
                height = Math.Max(height, panel.Height);
            }

            y += height;
        }

        json.WriteEndArray();
    }

    private static void WriteDataSourceVariable(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("label", "Data source");
        json.WriteString("name", "datasource");
        json.WriteString("query", "prometheus");
        json.WriteString("type", "datasource");
        json.WriteEndObject();
    }

    private static void WriteVariable(Utf8JsonWriter json, DashboardVariable variable)
    {
        json.WriteStartObject();
        // What has no such label counts as chosen too.
        json.WriteString("allValue", ".*");
        json.WriteStartObject("current");
        json.WriteBoolean("selected", true);
        WriteStrings(json, "text", "All");
        WriteStrings(json, "value", "$__all");
        json.WriteEndObject();
        WriteDataSource(json);
        json.WriteString("definition", variable.Query);
        json.WriteBoolean("includeAll", true);
        json.WriteString("label", variable.Label);
        json.WriteBoolean("multi", true);
        json.WriteString("name", variable.Name);
        json.WriteStartObject("query");
        json.WriteString("query", variable.Query);
        json.WriteString("refId", "StandardVariableQuery");
        json.WriteEndObject();
        // When the time range changes, by names in alphabetical order.
        json.WriteNumber("refresh", 2);
        json.WriteNumber("sort", 1);
        json.WriteString("type", "query");
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
