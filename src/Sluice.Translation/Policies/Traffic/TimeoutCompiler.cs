using Sluice.Configuration;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.timeouts. What a rule says itself about time wins.</summary>
internal static class TimeoutCompiler
{
    public static TimeLimits? Compile(TimeoutPolicy spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.StreamIdle is not null)
            surroundings.Problem($"{field}.streamIdle", "is not supported by this version and has no effect");
        return spec.Request is { } request ? new TimeLimits(request == TimeSpan.Zero ? null : request) : null;
    }

    public static void Apply(RuleEffects rule, TimeLimits record, PolicyUse use)
    {
        if (rule.Forwards && rule.BuiltIn.Timeouts is null && record.Request is not null)
            rule.Rule = rule.Rule with { Timeouts = (rule.Rule.Timeouts ?? new RouteTimeouts()) with { Request = record.Request } };
    }
}
