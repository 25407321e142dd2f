using System.Text.Json.Nodes;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Controller.Statuses;

/// <summary>
/// What must be written to bring an object's status to what is wanted: only the fields of status that differ, and in them only what
/// is ours. Pure.
/// </summary>
internal sealed class StatusMerge(IReadOnlyList<string> controllerNames)
{
    private readonly EntryMerge _parents = EntryMerge.OfRoutes(controllerNames);
    private readonly EntryMerge _ancestors = EntryMerge.OfPolicies(controllerNames);

    /// <param name="key">Of the object.</param>
    /// <param name="observed">Its status as the API server has it; null for none.</param>
    /// <param name="wanted">
    /// A <see cref="GatewayClassStatus"/>, <see cref="GatewayStatus"/>, <see cref="ListenerSetStatus"/>, <see cref="RouteStatus"/>,
    /// <see cref="PolicyStatus"/> or <see cref="ObjectStatus"/>.
    /// </param>
    /// <param name="now">The time it is.</param>
    /// <returns>The fields of status to replace; null when nothing differs.</returns>
    public JsonObject? Patch(NamespacedName key, JsonNode? observed, object wanted, DateTimeOffset now)
    {
        var status = observed as JsonObject ?? [];
        var patch = new JsonObject();
        foreach (var (field, value) in Fields(key, status, wanted, now))
        {
            if (!JsonNode.DeepEquals(status[field], value) && !(status[field] is null && IsNothing(value)))
                patch[field] = value;
        }
        return patch.Count == 0 ? null : patch;
    }

    private IEnumerable<(string Field, JsonNode Value)> Fields(NamespacedName key, JsonObject status, object wanted, DateTimeOffset now) => wanted switch
    {
        GatewayClassStatus gatewayClass =>
        [
            ("conditions", ConditionMerge.Merge(status["conditions"], gatewayClass.Conditions, now)),
            ("supportedFeatures", Array(gatewayClass.SupportedFeatures, feature => new JsonObject { ["name"] = feature })),
        ],
        GatewayStatus gateway =>
        [
            ("addresses", Array(gateway.Addresses, address => new JsonObject { ["type"] = address.Type, ["value"] = address.Value })),
            ("conditions", ConditionMerge.Merge(status["conditions"], gateway.Conditions, now, gateway.IsAwaited)),
            ("listeners", Listeners(status["listeners"], gateway.Listeners, now, gateway.IsAwaited)),
            ("attachedListenerSets", JsonValue.Create(gateway.AttachedListenerSets)),
        ],
        ListenerSetStatus set =>
        [
            ("conditions", ConditionMerge.Merge(status["conditions"], set.Conditions, now, set.IsAwaited)),
            ("listeners", Listeners(status["listeners"], set.Listeners, now, set.IsAwaited)),
        ],
        RouteStatus route =>
        [
            ("parents", _parents.Merge(status["parents"], [.. route.Parents.Select(parent => new StatusEntry(parent.ParentRef, parent.ControllerName, parent.Conditions))], key.Namespace, now)),
        ],
        PolicyStatus policy =>
        [
            ("ancestors", _ancestors.Merge(status["ancestors"], [.. policy.Ancestors.Select(ancestor => new StatusEntry(ancestor.AncestorRef, ancestor.ControllerName, ancestor.Conditions))], key.Namespace, now)),
        ],
        ObjectStatus item =>
        [
            ("conditions", ConditionMerge.Merge(status["conditions"], item.Conditions, now)),
        ],
        _ => throw new ArgumentException($"{wanted.GetType().Name} is no status.", nameof(wanted)),
    };

    // Conditions of a listener that is gone go with it.
    private static JsonArray Listeners(JsonNode? observed, IReadOnlyList<ListenerStatus> wanted, DateTimeOffset now, bool isAwaited)
    {
        var before = observed as JsonArray ?? [];
        return Array(wanted, listener => new JsonObject
        {
            ["name"] = listener.Name,
            ["supportedKinds"] = Array(listener.SupportedKinds, kind => new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind }),
            ["attachedRoutes"] = listener.AttachedRoutes,
            ["conditions"] = ConditionMerge.Merge(before.FirstOrDefault(item => ConditionMerge.Text(item, "name") == listener.Name)?["conditions"], listener.Conditions, now, isAwaited),
        });
    }

    private static JsonArray Array<T>(IReadOnlyList<T> items, Func<T, JsonObject> write)
    {
        var array = new JsonArray();
        foreach (var item in items)
            array.Add((JsonNode)write(item));
        return array;
    }

    // A field that is not there says the same.
    private static bool IsNothing(JsonNode value) => value switch
    {
        JsonArray array => array.Count == 0,
        JsonValue number => number.GetValue<int>() == 0,
        _ => false,
    };
}
