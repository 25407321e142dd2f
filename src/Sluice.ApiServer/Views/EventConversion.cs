using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Views;

/// <summary>core/v1 Events and events.k8s.io/v1 Events are the same objects; most fields have two names.</summary>
internal static class EventConversion
{
    private static readonly (string Core, string Other)[] Names =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"),
        ("source", "deprecatedSource"), ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ];

    public static JsonObject FromCore(JsonObject value)
    {
        foreach (var (core, other) in Names)
            Rename(value, core, other);
        value["apiVersion"] = "events.k8s.io/v1";
        return value;
    }

    public static JsonObject ToCore(JsonObject value)
    {
        foreach (var (core, other) in Names)
            Rename(value, other, core);
        value["apiVersion"] = "v1";
        return value;
    }

    private static void Rename(JsonObject value, string from, string to)
    {
        if (value.Remove(from, out var moved))
            value[to] = moved;
    }
}
