using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Status of a Gateway before the data plane has answered: what will be programmed is Pending.</summary>
internal static class GatewayStatusBuilder
{
    public static GatewayStatus Build(GatewayState state)
    {
        var evaluation = state.Evaluation;
        var generation = evaluation.Gateway.Metadata.Generation;
        var listeners = new ListenerStatus[evaluation.Listeners.Count];
        for (var i = 0; i < listeners.Length; i++)
        {
            var listener = evaluation.Listeners[i];
            listeners[i] = new ListenerStatus(listener.Spec.Name, listener.SupportedKinds, state.AttachedRoutes(listener.Spec.Name), Conditions(evaluation, listener, generation));
        }
        var accepted = evaluation.Refused is { } refused
            ? new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation)
            : GatewayConditions.Accepted(listeners, generation);
        return new GatewayStatus(evaluation.Addressing.Published, [accepted, Programmed(evaluation, accepted, generation)], listeners);
    }

    public static bool Same(GatewayStatus one, GatewayStatus other) =>
        one.Addresses.SequenceEqual(other.Addresses)
        && one.Conditions.SequenceEqual(other.Conditions)
        && one.Listeners.Count == other.Listeners.Count
        && one.Listeners.Zip(other.Listeners).All(pair => Same(pair.First, pair.Second));

    private static bool Same(ListenerStatus one, ListenerStatus other) =>
        one.Name == other.Name
        && one.AttachedRoutes == other.AttachedRoutes
        && one.SupportedKinds.SequenceEqual(other.SupportedKinds)
        && one.Conditions.SequenceEqual(other.Conditions);

    private static Condition Programmed(GatewayEvaluation evaluation, Condition accepted, long generation)
    {
        if (!accepted.Status)
            return new Condition(ConditionType.Programmed, false, Reason.Invalid, "the Gateway is not accepted", generation);
        if (evaluation.Addressing.Problem is not { } problem)
            return GatewayConditions.Pending(generation);
        var asked = evaluation.Gateway.Addresses.Any(address => !string.IsNullOrEmpty(address.Value));
        return new Condition(ConditionType.Programmed, false, asked ? Reason.AddressNotUsable : Reason.AddressNotAssigned, problem, generation);
    }

    private static Condition[] Conditions(GatewayEvaluation gateway, ListenerEvaluation listener, long generation)
    {
        var conflict = listener.Conflict;
        var refused = listener.Refused;
        var obstacle = refused is not null
            ? new Finding(conflict?.Reason ?? Reason.Invalid, "the listener is not accepted")
            : gateway.Obstacle;
        return
        [
            refused is null
                ? new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation)
                : new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation),
            obstacle is null
                ? GatewayConditions.Pending(generation)
                : new Condition(ConditionType.Programmed, false, obstacle.Reason, obstacle.Message, generation),
            listener.Unresolved is null
                ? new Condition(ConditionType.ResolvedRefs, true, Reason.ResolvedRefs, "", generation)
                : new Condition(ConditionType.ResolvedRefs, false, listener.Unresolved.Reason, listener.Unresolved.Message, generation),
            conflict is null
                ? new Condition(ConditionType.Conflicted, false, Reason.NoConflicts, "", generation)
                : new Condition(ConditionType.Conflicted, true, conflict.Reason, conflict.Message, generation),
        ];
    }
}
