using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Statuses;

namespace Sluice.Translation;

/// <summary>Completes a Gateway's status with what the data plane said: only then can Programmed be True.</summary>
public static class GatewayProgramming
{
    /// <param name="pending">From <see cref="TranslationResult.Gateways"/>, of the configuration that was applied.</param>
    /// <param name="outcome">The data plane's answer to it.</param>
    /// <returns>
    /// The status with every Pending condition decided. A listener that could not be bound is Accepted=False with reason
    /// PortUnavailable, and the Gateway's own conditions follow.
    /// </returns>
    public static GatewayStatus Complete(GatewayStatus pending, ApplyOutcome outcome)
    {
        var whole = outcome.Failures.FirstOrDefault(failure => failure.Listener is null)?.Message;
        if (!outcome.Applied)
            whole ??= "the data plane did not apply the configuration";
        var listeners = pending.Listeners.Select(listener => Decide(listener, whole, outcome)).ToArray();
        var conditions = pending.Conditions.ToArray();
        for (var i = 0; i < conditions.Length; i++)
        {
            var condition = conditions[i];
            if (condition is { Type: ConditionType.Accepted, Reason: Reason.Accepted or Reason.ListenersNotValid })
                conditions[i] = GatewayConditions.Accepted(listeners, condition.ObservedGeneration);
            else if (condition is { Type: ConditionType.Programmed, Reason: Reason.Pending })
                conditions[i] = Programmed(listeners, whole, condition.ObservedGeneration);
        }
        return new GatewayStatus(pending.Addresses, conditions, listeners);
    }

    private static Condition Programmed(ListenerStatus[] listeners, string? whole, long generation)
    {
        if (whole is not null)
            return new Condition(ConditionType.Programmed, false, Reason.Invalid, whole, generation);
        return listeners.Any(listener => GatewayConditions.IsTrue(listener, ConditionType.Programmed))
            ? new Condition(ConditionType.Programmed, true, Reason.Programmed, "", generation)
            : new Condition(ConditionType.Programmed, false, Reason.Invalid, "no listener could be programmed", generation);
    }

    private static ListenerStatus Decide(ListenerStatus listener, string? whole, ApplyOutcome outcome)
    {
        var own = outcome.Failures.FirstOrDefault(failure => failure.Listener == listener.Name)?.Message;
        var conditions = listener.Conditions.ToArray();
        for (var i = 0; i < conditions.Length; i++)
        {
            var condition = conditions[i];
            if (condition is { Type: ConditionType.Programmed, Reason: Reason.Pending })
            {
                conditions[i] = (own ?? whole) is { } message
                    ? condition with { Reason = Reason.Invalid, Message = message }
                    : condition with { Status = true, Reason = Reason.Programmed, Message = "" };
            }
            else if (own is not null && condition is { Type: ConditionType.Accepted, Status: true })
            {
                conditions[i] = condition with { Status = false, Reason = Reason.PortUnavailable, Message = own };
            }
        }
        return listener with { Conditions = conditions };
    }
}
