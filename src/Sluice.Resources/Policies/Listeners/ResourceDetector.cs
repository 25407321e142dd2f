namespace Sluice.Resources.Policies.Listeners;

/// <summary>Finds out what a process is.</summary>
public sealed record ResourceDetector
{
    /// <summary>By OTEL_RESOURCE_ATTRIBUTES.</summary>
    public DetectorSwitch? EnvironmentResourceDetector { get; init; }
}
