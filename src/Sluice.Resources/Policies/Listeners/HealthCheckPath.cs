namespace Sluice.Resources.Policies.Listeners;

/// <summary>A path that the proxy answers itself.</summary>
public sealed record HealthCheckPath
{
    /// <summary>200, and 503 while it drains.</summary>
    public required string Path { get; init; }
}
