using Sluice.Configuration;
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
    /// <param name="sets">The completed statuses of the Gateway's ListenerSets; null for none.</param>
    /// <returns>
    /// The status with every Pending condition decided, unless the outcome is, and the Gateway's own conditions after those of its listeners. What fails is
    /// Programmed=False; a listener that could not be bound is Accepted=False with reason PortUnavailable besides, one without a
    /// certificate that the data plane takes ResolvedRefs=False with reason InvalidCertificateRef.
    /// </returns>
    public static GatewayStatus Complete(GatewayStatus pending, ApplyOutcome outcome, IReadOnlyList<ListenerSetStatus>? sets = null)
    {
        if (outcome.IsPending)
            return outcome.IsAwaited ? pending with { IsAwaited = true } : pending;
        var whole = Whole(outcome);
        var listeners = pending.Listeners.Select(listener => Decide(listener, listener.Name, whole, outcome)).ToArray();
        var others = sets ?? [];
        var conditions = pending.Conditions.ToArray();
        for (var i = 0; i < conditions.Length; i++)
        {
            var condition = conditions[i];
            if (condition is { Type: ConditionType.Accepted, Reason: Reason.Accepted or Reason.ListenersNotValid })
                conditions[i] = GatewayConditions.Accepted(listeners, condition.ObservedGeneration);
            else if (IsPending(condition))
                conditions[i] = Programmed(pending.Listeners, listeners, others, whole, condition.ObservedGeneration);
        }
        return new GatewayStatus(pending.Addresses, conditions, listeners, sets is null ? pending.AttachedListenerSets : others.Count(set => GatewayConditions.IsTrue(set.Conditions, ConditionType.Accepted)));
    }

    /// <param name="set">The ListenerSet.</param>
    /// <param name="pending">From <see cref="TranslationResult.ListenerSets"/>.</param>
    /// <param name="outcome">The data plane's answer to its Gateway's configuration.</param>
    public static ListenerSetStatus Complete(NamespacedName set, ListenerSetStatus pending, ApplyOutcome outcome)
    {
        if (outcome.IsPending)
            return outcome.IsAwaited ? pending with { IsAwaited = true } : pending;
        var whole = Whole(outcome);
        var listeners = pending.Listeners.Select(listener => Decide(listener, $"{set}/{listener.Name}", whole, outcome)).ToArray();
        var served = listeners.Any(listener => GatewayConditions.IsTrue(listener, ConditionType.Programmed));
        var conditions = pending.Conditions.ToArray();
        for (var i = 0; i < conditions.Length; i++)
        {
            var condition = conditions[i];
            if (condition is { Type: ConditionType.Accepted, Status: true } && listeners.All(listener => !GatewayConditions.IsTrue(listener, ConditionType.Accepted)))
                conditions[i] = condition with { Status = false, Reason = Reason.ListenersNotValid, Message = "no listener could be bound" };
            else if (IsPending(condition) && served)
                conditions[i] = condition with { Status = true, Reason = Reason.Programmed, Message = "" };
            else if (IsPending(condition))
                conditions[i] = condition with { Reason = whole is null ? Reason.ListenersNotValid : Reason.Invalid, Message = whole ?? "no listener could be programmed" };
        }
        return new ListenerSetStatus(conditions, listeners);
    }

    private static string? Whole(ApplyOutcome outcome)
    {
        var whole = outcome.Failures.FirstOrDefault(failure => failure.Listener is null)?.Message;
        return whole ?? (outcome.Applied ? null : "the data plane did not apply the configuration");
    }

    private static bool IsPending(Condition condition) => condition is { Type: ConditionType.Programmed, Reason: Reason.Pending };

    // A Gateway whose listeners wait for their certificates is in force as far as it can be: the listeners say what they lack.
    private static Condition Programmed(IReadOnlyList<ListenerStatus> pending, ListenerStatus[] listeners, IReadOnlyList<ListenerSetStatus> sets, string? whole, long generation)
    {
        if (whole is not null)
            return new Condition(ConditionType.Programmed, false, Reason.Invalid, whole, generation);
        if (listeners.Any(listener => GatewayConditions.IsTrue(listener, ConditionType.Programmed)) || sets.Any(set => GatewayConditions.IsTrue(set.Conditions, ConditionType.Programmed)))
            return new Condition(ConditionType.Programmed, true, Reason.Programmed, "", generation);
        return pending.SelectMany(listener => listener.Conditions).Any(IsPending)
            ? new Condition(ConditionType.Programmed, false, Reason.Invalid, "no listener could be programmed", generation)
            : new Condition(ConditionType.Programmed, true, Reason.Programmed, "no listener has what it needs to be served", generation);
    }

    /// <param name="listener">As it was pending.</param>
    /// <param name="name">As the data plane knows it.</param>
    /// <param name="whole">Why nothing is in force; or null.</param>
    /// <param name="outcome">The data plane's answer.</param>
    private static ListenerStatus Decide(ListenerStatus listener, string name, string? whole, ApplyOutcome outcome)
    {
        var own = outcome.Failures.FirstOrDefault(failure => failure.Listener == name);
        var conditions = listener.Conditions.ToArray();
        for (var i = 0; i < conditions.Length; i++)
        {
            var condition = conditions[i];
            if (IsPending(condition))
            {
                conditions[i] = (own?.Message ?? whole) is { } message
                    ? condition with { Reason = Reason.Invalid, Message = message }
                    : condition with { Status = true, Reason = Reason.Programmed, Message = "" };
            }
            else if (own is not null && condition.Status && Broken(own.Reason) is var (type, reason) && condition.Type == type)
            {
                conditions[i] = condition with { Status = false, Reason = reason, Message = own.Message };
            }
        }
        return listener with { Conditions = conditions };
    }

    /// <summary>The condition that says it besides Programmed; null for none.</summary>
    private static (string Type, string Reason)? Broken(ApplyErrorReason reason) => reason switch
    {
        ApplyErrorReason.PortUnavailable => (ConditionType.Accepted, Reason.PortUnavailable),
        ApplyErrorReason.Certificate => (ConditionType.ResolvedRefs, Reason.InvalidCertificateRef),
        ApplyErrorReason.Invalid => (ConditionType.Accepted, Reason.Invalid),
        _ => null,
    };
}
