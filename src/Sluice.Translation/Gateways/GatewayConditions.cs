using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Conditions that are computed both before and after the data plane has answered.</summary>
internal static class GatewayConditions
{
    private const string PendingMessage = "waiting for the data plane";

    public static Condition Pending(long generation) => new(ConditionType.Programmed, false, Reason.Pending, PendingMessage, generation);

    /// <summary>ListenersNotValid stands with True when only some listeners are at fault (GatewayReasonListenersNotValid).</summary>
    public static Condition Accepted(IReadOnlyList<ListenerStatus> listeners, long generation)
    {
        var bad = listeners.Where(listener => !IsTrue(listener, ConditionType.Accepted)).ToList();
        if (bad.Count == 0)
            return new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation);
        var good = listeners.Except(bad).ToList();
        var message = $"not valid: {Names(bad)}; accepted: {(good.Count == 0 ? "none" : Names(good))}";
        return new Condition(ConditionType.Accepted, good.Count > 0, Reason.ListenersNotValid, message, generation);
    }

    public static bool IsTrue(ListenerStatus listener, string type) => IsTrue(listener.Conditions, type);

    public static bool IsTrue(IReadOnlyList<Condition> conditions, string type) => conditions.Any(condition => condition.Type == type && condition.Status);

    private static string Names(IEnumerable<ListenerStatus> listeners) => string.Join(", ", listeners.Select(listener => listener.Name));
}
