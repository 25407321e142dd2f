using System.Text.Json.Nodes;
using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Cluster;

/// <summary>Event, which two groups have with other names for the same fields.</summary>
internal static class EventSchemas
{
    private static readonly SchemaNode Source = Object(Optional("component", AnyText), Optional("host", AnyText));

    private static readonly SchemaNode NullableTime = Time with { Nullable = true };

    private static readonly SchemaNode NullableMicroTime = MicroTime with { Nullable = true };

    public static KindSchema Core() => new(CoreRoot)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        ShortNames = ["ev"],
        HasNameColumn = false,
        PrinterColumns = Columns(".involvedObject", ".message", ".source", ".firstTimestamp", ".count"),
    };

    public static KindSchema Grouped() => new(GroupedRoot)
    {
        Group = "events.k8s.io",
        Versions = CoreVersions.V1,
        Kind = "Event",
        Plural = "events",
        Singular = "event",
        ShortNames = ["ev"],
        HasNameColumn = false,
        PrinterColumns = Columns(".regarding", ".note", ".deprecatedSource", ".deprecatedFirstTimestamp", ".deprecatedCount"),
    };

    private static PrinterColumn[] Columns(string item, string message, string source, string first, string count) =>
    [
        new("Last Seen", "date", "") { Compute = LastSeen },
        new("Type", "string", ".type"),
        new("Reason", "string", ".reason"),
        new("Object", "string", "") { Compute = root => About(root[item[1..]]) },
        new("Subobject", "string", item + ".fieldPath") { Priority = 1 },
        new("Source", "string", source + ".component") { Priority = 1 },
        new("Message", "string", message),
        new("First Seen", "date", first) { Priority = 1 },
        new("Count", "integer", count) { Priority = 1 },
        new("Name", "string", ".metadata.name") { Priority = 1 },
    ];

    private static SchemaNode CoreRoot() => ObjectMetaSchema.Root(
        "Something that happened to an object.",
        Required("involvedObject", ReferenceSchemas.Object),
        Optional("reason", AnyText, "One word for programs."),
        Optional("message", AnyText, "A sentence for people."),
        Optional("type", AnyText, "Normal or Warning."),
        Optional("source", Source),
        Optional("firstTimestamp", NullableTime),
        Optional("lastTimestamp", NullableTime),
        Optional("count", Integer()),
        Optional("eventTime", NullableMicroTime),
        Optional("series", Series(), "Present when it goes on happening."),
        Optional("action", AnyText),
        Optional("related", ReferenceSchemas.Object),
        Optional("reportingComponent", AnyText),
        Optional("reportingInstance", AnyText));

    private static SchemaNode GroupedRoot() => ObjectMetaSchema.Root(
        "Something that happened to an object.",
        Optional("regarding", ReferenceSchemas.Object),
        Optional("reason", AnyText, "One word for programs."),
        Optional("note", AnyText, "A sentence for people."),
        Optional("type", AnyText, "Normal or Warning."),
        Required("eventTime", NullableMicroTime),
        Optional("series", Series(), "Present when it goes on happening."),
        Optional("action", AnyText),
        Optional("related", ReferenceSchemas.Object),
        Optional("reportingController", AnyText),
        Optional("reportingInstance", AnyText),
        Optional("deprecatedSource", Source),
        Optional("deprecatedFirstTimestamp", NullableTime),
        Optional("deprecatedLastTimestamp", NullableTime),
        Optional("deprecatedCount", Integer()));

    private static SchemaNode Series() => Object(Optional("count", Integer()), Optional("lastObservedTime", MicroTime));

    /// <summary>"gateway/web".</summary>
    private static string About(JsonNode? reference) => $"{reference?["kind"]?.ToString().ToLowerInvariant()}/{reference?["name"]}";

    /// <summary>The newest of the times that an event has.</summary>
    private static string LastSeen(JsonObject item) =>
        (item["series"]?["lastObservedTime"] ?? item["lastTimestamp"] ?? item["deprecatedLastTimestamp"] ?? item["eventTime"])?.ToString() ?? "";
}
