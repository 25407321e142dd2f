using System.Text.Json.Nodes;
using Sluice.Kubernetes.Events;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Controller.Statuses;

/// <summary>
/// What to tell people of a status that was written: problems that are new, and that a Gateway is served. What stood there before,
/// for example before this program was started, is no news.
/// </summary>
internal static class StatusEvents
{
    /// <param name="observed">The status before the write; null for none.</param>
    /// <param name="wanted">What was written.</param>
    public static IEnumerable<(EventType Type, string Reason, string Note)> Of(JsonNode? observed, object wanted)
    {
        foreach (var (condition, before, place) in Conditions(observed, wanted))
        {
            var wasTrue = ConditionMerge.Text(before, "status") == "True";
            if (IsProblem(condition))
            {
                if (ConditionMerge.Text(before, "reason") != condition.Reason || ConditionMerge.Text(before, "message") != condition.Message)
                    yield return (EventType.Warning, condition.Reason, $"{place}{condition.Type}={(condition.Status ? "True" : "False")}{(condition.Message.Length == 0 ? "" : ": ")}{condition.Message}");
            }
            else if (wanted is GatewayStatus gateway && place.Length == 0 && condition is { Type: "Programmed", Status: true } && !wasTrue)
            {
                yield return (EventType.Normal, "Programmed", gateway.Addresses.Count == 0 ? "served" : $"served on {string.Join(", ", gateway.Addresses.Select(address => address.Value))}");
            }
        }
    }

    // What is Pending is no problem yet.
    private static bool IsProblem(Condition condition) =>
        condition.Reason != "Pending" && condition.Status == condition.Type is "Conflicted" or "PartiallyInvalid";

    private static IEnumerable<(Condition Condition, JsonNode? Before, string Place)> Conditions(JsonNode? observed, object wanted)
    {
        switch (wanted)
        {
            case GatewayClassStatus status:
                return Pair(status.Conditions, observed?["conditions"], "");
            case GatewayStatus status:
                return Pair(status.Conditions, observed?["conditions"], "").Concat(Listeners(status.Listeners, observed));
            case ListenerSetStatus status:
                return Pair(status.Conditions, observed?["conditions"], "").Concat(Listeners(status.Listeners, observed));
            case RouteStatus status:
                return status.Parents.SelectMany(parent => Pair(parent.Conditions, Entry(observed?["parents"], "parentRef", parent.ParentRef, parent.ControllerName), $"{parent.ParentRef.Kind} {parent.ParentRef.Name}: "));
            case PolicyStatus status:
                return status.Ancestors.SelectMany(ancestor => Pair(ancestor.Conditions, Entry(observed?["ancestors"], "ancestorRef", ancestor.AncestorRef, ancestor.ControllerName), $"{ancestor.AncestorRef.Kind} {ancestor.AncestorRef.Name}: "));
            case ObjectStatus status:
                return Pair(status.Conditions, observed?["conditions"], "");
            default:
                return [];
        }
    }

    private static IEnumerable<(Condition, JsonNode?, string)> Listeners(IReadOnlyList<ListenerStatus> listeners, JsonNode? observed) => listeners.SelectMany(listener =>
        Pair(listener.Conditions, (observed?["listeners"] as JsonArray)?.FirstOrDefault(item => ConditionMerge.Text(item, "name") == listener.Name)?["conditions"], $"listener {listener.Name}: "));

    private static IEnumerable<(Condition, JsonNode?, string)> Pair(IReadOnlyList<Condition> conditions, JsonNode? before, string place) =>
        conditions.Select(condition => (condition, (before as JsonArray)?.FirstOrDefault(item => ConditionMerge.Text(item, "type") == condition.Type), place));

    private static JsonNode? Entry(JsonNode? entries, string reference, ParentReference parent, string controller) => (entries as JsonArray)?.FirstOrDefault(item =>
        ConditionMerge.Text(item, "controllerName") == controller
        && item![reference] is JsonObject given
        && ConditionMerge.Text(given, "name") == parent.Name
        && ConditionMerge.Text(given, "sectionName") == parent.SectionName)?["conditions"];
}
