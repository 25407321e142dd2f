using Sluice.Configuration;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.timeouts. What a rule says itself about time wins.</summary>
internal static class TimeoutCompiler
{
    public static TimeLimits? Compile(TimeoutPolicy spec, IPolicySurroundings surroundings, string field)
    {
        if (spec is { Request: null, StreamIdle: null })
        {
            surroundings.Problem(field, "request or streamIdle is needed");
            return null;
        }
        return new TimeLimits(spec.Request == TimeSpan.Zero ? null : spec.Request, spec.StreamIdle);
    }

    public static void Apply(RuleEffects rule, TimeLimits record, PolicyUse use)
    {
        if (!rule.Forwards)
            return;
        var timeouts = rule.Rule.Timeouts ?? new RouteTimeouts();
        if (rule.BuiltIn.Timeouts is null)
            timeouts = timeouts with { Request = record.Request };
        timeouts = timeouts with { StreamIdle = record.StreamIdle };
        if (timeouts != new RouteTimeouts())
            rule.Rule = rule.Rule with { Timeouts = timeouts };
    }
}
