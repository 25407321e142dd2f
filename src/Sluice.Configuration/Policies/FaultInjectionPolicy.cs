namespace Sluice.Configuration.Policies;

/// <summary>Errors on purpose (TrafficPolicy.spec.faultInjection). Each kind is drawn for itself.</summary>
public sealed record FaultInjectionPolicy
{
    public FaultDelay? Delay { get; init; }

    public FaultAbort? Abort { get; init; }

    public FaultRateLimit? ResponseRateLimit { get; init; }

    /// <summary>Requests of the rule that may suffer a fault at the same time; more are left alone. Null: any number.</summary>
    public int? MaxActiveFaults { get; init; }
}
