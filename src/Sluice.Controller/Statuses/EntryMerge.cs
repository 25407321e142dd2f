using System.Text.Json.Nodes;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Statuses;

/// <summary>
/// Brings status.parents of a route, or status.ancestors of a policy, to what is wanted. Entries of other controllers stay as and
/// where they are; ours keep their places, new ones come last, and those that are not wanted any more go.
/// </summary>
/// <param name="reference">"parentRef" or "ancestorRef".</param>
/// <param name="most">The CRD's maxItems: entries of others leave us the rest.</param>
/// <param name="controllerNames">Whose entries are ours.</param>
internal sealed class EntryMerge(string reference, int most, IReadOnlyList<string> controllerNames)
{
    public static EntryMerge OfRoutes(IReadOnlyList<string> controllerNames) => new("parentRef", 32, controllerNames);

    public static EntryMerge OfPolicies(IReadOnlyList<string> controllerNames) => new("ancestorRef", 16, controllerNames);

    /// <param name="observed">What the API server has; null for nothing.</param>
    /// <param name="wanted">Our entries.</param>
    /// <param name="defaultNamespace">Of the object, which references without a namespace mean.</param>
    /// <param name="now">The time it is.</param>
    public JsonArray Merge(JsonNode? observed, IReadOnlyList<StatusEntry> wanted, string defaultNamespace, DateTimeOffset now)
    {
        var merged = new JsonArray();
        var done = new HashSet<StatusEntry>(ReferenceEqualityComparer.Instance);
        foreach (var item in observed as JsonArray ?? [])
        {
            if (!IsOurs(item))
                merged.Add(item?.DeepClone());
            else if (wanted.FirstOrDefault(entry => IsOf(item, entry, defaultNamespace)) is { } entry && done.Add(entry))
                merged.Add((JsonNode)Write(entry, item));
        }
        foreach (var entry in wanted)
        {
            if (merged.Count < most && done.Add(entry))
                merged.Add((JsonNode)Write(entry, null));
        }
        return merged;

        JsonObject Write(StatusEntry entry, JsonNode? before) => new()
        {
            [reference] = Reference(entry.Reference),
            ["controllerName"] = entry.ControllerName,
            ["conditions"] = ConditionMerge.Merge(before?["conditions"], entry.Conditions, now),
        };
    }

    private bool IsOurs(JsonNode? item) => ConditionMerge.Text(item, "controllerName") is { } name && controllerNames.Contains(name);

    private bool IsOf(JsonNode? item, StatusEntry entry, string defaultNamespace)
    {
        var (given, wanted) = (item![reference], entry.Reference);
        return ConditionMerge.Text(item, "controllerName") == entry.ControllerName
            && ConditionMerge.Text(given, "name") == wanted.Name
            && (ConditionMerge.Text(given, "namespace") ?? defaultNamespace) == (wanted.Namespace ?? defaultNamespace)
            && (ConditionMerge.Text(given, "group") ?? GatewayApiGroup.Name) == wanted.Group
            && (ConditionMerge.Text(given, "kind") ?? "Gateway") == wanted.Kind
            && ConditionMerge.Text(given, "sectionName") == wanted.SectionName
            && JsonNode.DeepEquals(given!["port"], wanted.Port is { } port ? JsonValue.Create(port) : null);
    }

    private static JsonObject Reference(ParentReference reference)
    {
        var written = new JsonObject { ["group"] = reference.Group, ["kind"] = reference.Kind };
        if (reference.Namespace is not null)
            written["namespace"] = reference.Namespace;
        written["name"] = reference.Name;
        if (reference.SectionName is not null)
            written["sectionName"] = reference.SectionName;
        if (reference.Port is { } port)
            written["port"] = port;
        return written;
    }
}
