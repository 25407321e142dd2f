using Sluice.Configuration.Policies;
using Spec = Sluice.Resources.Policies.Traffic.FaultInjectionPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.faultInjection: errors on purpose.</summary>
internal static class FaultInjectionCompiler
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    public static FaultInjectionPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.Delay is { } delay && (delay.FixedDelay <= TimeSpan.Zero || delay.FixedDelay > LongestDelay))
        {
            surroundings.Problem($"{field}.delay.fixedDelay", "a time of more than 0s and at most 1h is needed");
            return null;
        }
        if (spec is { Delay: null, Abort: null, ResponseRateLimit: null })
        {
            surroundings.Problem(field, "one of delay, abort and responseRateLimit is needed, or disable");
            return null;
        }
        return new FaultInjectionPolicy
        {
            Delay = spec.Delay is { } wait ? new FaultDelay(wait.FixedDelay, wait.Percentage) : null,
            Abort = spec.Abort is { } abort ? new FaultAbort { HttpStatus = abort.HttpStatus, GrpcStatus = abort.GrpcStatus, Percentage = abort.Percentage } : null,
            ResponseRateLimit = spec.ResponseRateLimit is { } rate ? new FaultRateLimit(rate.KbitsPerSecond, rate.Percentage) : null,
            MaxActiveFaults = spec.MaxActiveFaults,
        };
    }
}
