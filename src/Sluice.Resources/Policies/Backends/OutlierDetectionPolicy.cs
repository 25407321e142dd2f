namespace Sluice.Resources.Policies.Backends;

/// <summary>Endpoints that fail requests are left out for a while.</summary>
public sealed record OutlierDetectionPolicy
{
    /// <summary>Failures in a row.</summary>
    public int Consecutive5xx { get; init; } = 5;

    /// <summary>How often it is looked.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long, times how often it happened.</summary>
    public TimeSpan BaseEjectionTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of the endpoints that may be out.</summary>
    public int MaxEjectionPercent { get; init; } = 10;

    /// <summary>Percent of the cases; 100 when absent.</summary>
    public int? EnforcingConsecutive5xx { get; init; }

    /// <summary>Whether connection errors count for themselves.</summary>
    public bool SplitExternalLocalOriginErrors { get; init; }

    /// <summary>Connection errors in a row; 5 when absent.</summary>
    public int? ConsecutiveLocalOriginFailure { get; init; }

    /// <summary>Percent of the cases; 100 when absent.</summary>
    public int? EnforcingConsecutiveLocalOriginFailure { get; init; }
}
