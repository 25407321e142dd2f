namespace Sluice.Resources.Policies.Traffic;

/// <summary>Faults, for tests.</summary>
public sealed record FaultInjectionPolicy
{
    /// <summary>Holds requests up.</summary>
    public FaultDelay? Delay { get; init; }

    /// <summary>Refuses requests.</summary>
    public FaultAbort? Abort { get; init; }

    /// <summary>Slows responses down.</summary>
    public FaultRate? ResponseRateLimit { get; init; }

    /// <summary>How many exchanges at once. Null: any number.</summary>
    public int? MaxActiveFaults { get; init; }

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
