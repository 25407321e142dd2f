using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>A dashboard for Grafana.</summary>
public sealed class Dashboard
{
    internal Dashboard(params IReadOnlyList<DashboardRow> rows) => Rows = rows;

    /// <summary>Of files and commands: "gateways".</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>By which Grafana and links know it. Never changes.</summary>
    public string Uid => UidOf(Name);

    internal IReadOnlyList<DashboardVariable> Variables { get; init; } = [];

    internal IReadOnlyList<DashboardRow> Rows { get; }

    /// <summary>The dashboard as Grafana imports it; lines end with a line feed.</summary>
    public string ToJson() => DashboardWriter.Write(this);

    /// <summary>The same as a tree.</summary>
    public JsonObject ToJsonObject() => JsonNode.Parse(ToJson(), documentOptions: new JsonDocumentOptions { MaxDepth = 64 })!.AsObject();

    internal static string UidOf(string name) => $"sluice-{name}";
}
