using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Workloads;

/// <summary>Cells of Deployments, DaemonSets and what goes with them.</summary>
internal static class WorkloadCells
{
    public static string Ready(JsonObject item) => $"{Number(item["status"]?["readyReplicas"])}/{Number(item["spec"]?["replicas"])}";

    public static Func<JsonObject, string> Status(string field) => item => Number(item["status"]?[field]);

    public static string Containers(JsonObject item) => OfContainers(item, "name");

    public static string Images(JsonObject item) => OfContainers(item, "image");

    public static string Selector(JsonObject item) => Pairs(item["spec"]?["selector"]?["matchLabels"]);

    public static string NodeSelector(JsonObject item) => Pairs(item["spec"]?["template"]?["spec"]?["nodeSelector"]);

    public static Func<JsonObject, string> OrNotAvailable(string field) => item => item["spec"]?[field]?.ToString() ?? "N/A";

    public static string Number(JsonNode? value) => value?.ToString() ?? "0";

    private static string OfContainers(JsonObject item, string field)
    {
        var containers = item["spec"]?["template"]?["spec"]?["containers"] as JsonArray ?? [];
        return string.Join(',', containers.Select(container => container?[field]?.ToString()));
    }

    private static string Pairs(JsonNode? map) => map is JsonObject { Count: > 0 } pairs
        ? string.Join(',', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))
        : "<none>";
}
