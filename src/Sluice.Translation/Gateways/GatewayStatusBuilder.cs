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
        var listeners = ListenerStatusBuilder.Build(state.Own);
        var accepted = evaluation.Refused is { } refused
            ? new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation)
            : GatewayConditions.Accepted(listeners, generation);
        var conditions = new List<Condition> { accepted, Programmed(evaluation, accepted, generation) };
        if (evaluation.Gateway.Tls?.ClientCertificateRef is not null)
            conditions.Add(ResolvedRefs(evaluation, generation));
        if (InsecureField(evaluation.Gateway) is { } field)
            conditions.Add(new Condition(ConditionType.InsecureFrontendValidationMode, true, Reason.ConfigurationChanged, $"{field}: AllowInsecureFallback lets clients in without a valid certificate; backends must check", generation));
        return new GatewayStatus(evaluation.Addressing.Published, conditions, listeners, state.AcceptedSets);
    }

    public static bool Same(GatewayStatus one, GatewayStatus other) =>
        one.AttachedListenerSets == other.AttachedListenerSets
        && one.Addresses.SequenceEqual(other.Addresses)
        && one.Conditions.SequenceEqual(other.Conditions)
        && ListenerStatusBuilder.Same(one.Listeners, other.Listeners);

    private static Condition Programmed(GatewayEvaluation evaluation, Condition accepted, long generation)
    {
        if (!accepted.Status)
            return new Condition(ConditionType.Programmed, false, Reason.Invalid, "the Gateway is not accepted", generation);
        if (evaluation.Addressing.Problem is not { } problem)
            return GatewayConditions.Pending(generation);
        var asked = evaluation.Gateway.Addresses.Any(address => !string.IsNullOrEmpty(address.Value));
        return new Condition(ConditionType.Programmed, false, asked ? Reason.AddressNotUsable : Reason.AddressNotAssigned, problem, generation);
    }

    // Of spec.tls.backend alone: the references of listeners are told there.
    private static Condition ResolvedRefs(GatewayEvaluation evaluation, long generation) => evaluation.Unresolved is { } unresolved
        ? new Condition(ConditionType.ResolvedRefs, false, unresolved.Reason, unresolved.Message, generation)
        : new Condition(ConditionType.ResolvedRefs, true, Reason.ResolvedRefs, string.Join("; ", evaluation.Remarks.Where(remark => remark.Condition == ConditionType.ResolvedRefs).Select(remark => remark.Message)), generation);

    private static string? InsecureField(Gateway gateway)
    {
        if (gateway.Tls?.Frontend is not { } frontend)
            return null;
        if (frontend.Default is { AllowsInsecureFallback: true })
            return "spec.tls.frontend.default.validation.mode";
        var index = frontend.PerPort.Values.ToList().FindIndex(validation => validation is { AllowsInsecureFallback: true });
        return index < 0 ? null : $"spec.tls.frontend.perPort[{index}].tls.validation.mode";
    }
}
