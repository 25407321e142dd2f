using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Workloads;

/// <summary>Cells of <c>kubectl get pods</c>.</summary>
internal static class PodCells
{
    public static string Ready(JsonObject item)
    {
        var ready = Statuses(item).Count(status => status?["ready"]?.ToString() == "true");
        return string.Create(CultureInfo.InvariantCulture, $"{ready}/{(item["spec"]?["containers"] as JsonArray)?.Count ?? 0}");
    }

    /// <summary>What keeps a container from running, or else the phase.</summary>
    public static string Status(JsonObject item)
    {
        if (item["metadata"]?["deletionTimestamp"] is not null)
            return "Terminating";
        foreach (var status in Statuses(item))
        {
            var state = status?["state"];
            if ((state?["waiting"] ?? state?["terminated"])?["reason"]?.ToString() is { Length: > 0 } reason)
                return reason;
        }

        return item["status"]?["reason"]?.ToString() ?? item["status"]?["phase"]?.ToString() ?? "";
    }

    public static string Restarts(JsonObject item)
    {
        var count = 0L;
        foreach (var status in Statuses(item))
        {
            if (long.TryParse(status?["restartCount"]?.ToString(), CultureInfo.InvariantCulture, out var restarts))
                count += restarts;
        }

        return count.ToString(CultureInfo.InvariantCulture);
    }

    public static string ReadinessGates(JsonObject item)
    {
        if (item["spec"]?["readinessGates"] is not JsonArray { Count: > 0 } gates)
            return "<none>";
        var conditions = item["status"]?["conditions"] as JsonArray ?? [];
        var passed = gates.Count(gate => conditions.Any(condition =>
            condition?["type"]?.ToString() == gate?["conditionType"]?.ToString() && condition?["status"]?.ToString() == "True"));
        return string.Create(CultureInfo.InvariantCulture, $"{passed}/{gates.Count}");
    }

    private static JsonArray Statuses(JsonObject item) => item["status"]?["containerStatuses"] as JsonArray ?? [];
}
