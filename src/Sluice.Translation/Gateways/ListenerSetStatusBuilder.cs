using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Status of a ListenerSet before the data plane has answered (GEP-1713).</summary>
internal static class ListenerSetStatusBuilder
{
    public static ListenerSetStatus Build(ListenerOwner set)
    {
        var generation = set.Source.Metadata.Generation;
        var listeners = ListenerStatusBuilder.Build(set);
        var accepted = set.Refused is { } refused
            ? new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation)
            : Accepted(set, generation);
        return new ListenerSetStatus([accepted, Programmed(set, accepted, generation)], listeners);
    }

    public static bool Same(ListenerSetStatus one, ListenerSetStatus other) =>
        one.Conditions.SequenceEqual(other.Conditions) && ListenerStatusBuilder.Same(one.Listeners, other.Listeners);

    // A listener counts when it is served: one without a certificate that may be used does not (the suite's
    // ListenerSetReferenceGrant), although the listener itself is accepted.
    private static Condition Accepted(ListenerOwner set, long generation)
    {
        var bad = set.Slots.Where(slot => !slot.Evaluation.Served).ToList();
        if (bad.Count == 0)
            return new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation);
        var good = set.Slots.Except(bad).ToList();
        return new Condition(ConditionType.Accepted, good.Count > 0, Reason.ListenersNotValid, $"not valid: {Names(bad)}; accepted: {(good.Count == 0 ? "none" : Names(good))}", generation);
    }

    private static Condition Programmed(ListenerOwner set, Condition accepted, long generation)
    {
        if (!accepted.Status)
            return new Condition(ConditionType.Programmed, false, accepted.Reason, "the ListenerSet is not accepted", generation);
        return set.Gateway.Evaluation.Obstacle is { } obstacle
            ? new Condition(ConditionType.Programmed, false, obstacle.Reason, obstacle.Message, generation)
            : GatewayConditions.Pending(generation);
    }

    private static string Names(IEnumerable<ListenerSlot> slots) => string.Join(", ", slots.Select(slot => slot.Evaluation.Spec.Name));
}
