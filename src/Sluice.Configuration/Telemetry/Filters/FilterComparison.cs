namespace Sluice.Configuration.Telemetry;

/// <summary>How a value is compared with the filter's.</summary>
public enum FilterComparison
{
    Equal,
    AtLeast,
    AtMost,
}
