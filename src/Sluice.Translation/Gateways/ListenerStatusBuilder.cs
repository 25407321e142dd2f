using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Statuses of listeners before the data plane has answered: what will be programmed is Pending.</summary>
internal static class ListenerStatusBuilder
{
    public static ListenerStatus[] Build(ListenerOwner owner)
    {
        var statuses = new ListenerStatus[owner.Slots.Count];
        for (var i = 0; i < statuses.Length; i++)
        {
            var slot = owner.Slots[i];
            statuses[i] = new ListenerStatus(slot.Evaluation.Spec.Name, slot.Evaluation.SupportedKinds, slot.AttachedRoutes, Conditions(owner, slot.Evaluation));
        }
        return statuses;
    }

    public static bool Same(IReadOnlyList<ListenerStatus> one, IReadOnlyList<ListenerStatus> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => Same(pair.First, pair.Second));

    private static bool Same(ListenerStatus one, ListenerStatus other) =>
        one.Name == other.Name
        && one.AttachedRoutes == other.AttachedRoutes
        && one.SupportedKinds.SequenceEqual(other.SupportedKinds)
        && one.Conditions.SequenceEqual(other.Conditions);

    private static Condition[] Conditions(ListenerOwner owner, ListenerEvaluation listener)
    {
        var generation = owner.Source.Metadata.Generation;
        var (refused, conflict) = (listener.Refused, listener.Conflict);
        var obstacle = refused is not null
            ? new Finding(conflict?.Reason ?? owner.Refused?.Reason ?? Reason.Invalid, "the listener is not accepted")
            : owner.Gateway.Evaluation.Obstacle ?? listener.Unusable;
        return
        [
            refused is null
                ? new Condition(ConditionType.Accepted, true, Reason.Accepted, Message(listener, ConditionType.Accepted), generation)
                : new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation),
            obstacle is null
                ? GatewayConditions.Pending(generation)
                : new Condition(ConditionType.Programmed, false, obstacle.Reason, obstacle.Message, generation),
            listener.Unresolved is null
                ? new Condition(ConditionType.ResolvedRefs, true, Reason.ResolvedRefs, Message(listener, ConditionType.ResolvedRefs), generation)
                : new Condition(ConditionType.ResolvedRefs, false, listener.Unresolved.Reason, listener.Unresolved.Message, generation),
            conflict is null
                ? new Condition(ConditionType.Conflicted, false, Reason.NoConflicts, "", generation)
                : new Condition(ConditionType.Conflicted, true, conflict.Reason, conflict.Message, generation),
        ];
    }

    private static string Message(ListenerEvaluation listener, string type) =>
        listener.Remarks.Count == 0 ? "" : string.Join("; ", listener.Remarks.Where(remark => remark.Condition == type).Select(remark => remark.Message));
}
