using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Workloads;

/// <summary>The targets of an autoscaler as kubectl shows them: "cpu: 20%/80%".</summary>
internal static class AutoscalerCells
{
    private const string Unknown = "<unknown>";

    public static string Targets(JsonObject item)
    {
        if (item["spec"]?["metrics"] is not JsonArray { Count: > 0 } metrics)
            return "<none>";
        var current = item["status"]?["currentMetrics"] as JsonArray ?? [];
        return string.Join(", ", metrics.Select((metric, index) => Target(metric, index < current.Count ? current[index] : null)));
    }

    private static string Target(JsonNode? metric, JsonNode? current)
    {
        var member = metric?["type"]?.ToString() switch
        {
            "Resource" => "resource",
            "ContainerResource" => "containerResource",
            "Pods" => "pods",
            "Object" => "object",
            "External" => "external",
            _ => "",
        };
        var wanted = metric?[member]?["target"];
        var now = current?[member]?["current"];
        var name = member is "resource" or "containerResource" ? $"{metric?[member]?["name"]}: " : "";
        if (wanted?["averageUtilization"] is { } percent)
            return $"{name}{(now?["averageUtilization"] is { } used ? $"{used}%" : Unknown)}/{percent}%";
        if (wanted?["averageValue"] is { } average)
            return $"{name}{now?["averageValue"]?.ToString() ?? Unknown}/{average}{(name.Length > 0 ? "" : " (avg)")}";
        return $"{name}{now?["value"]?.ToString() ?? Unknown}/{wanted?["value"]?.ToString() ?? Unknown}";
    }
}
