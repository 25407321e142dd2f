namespace Sluice.Proxy;

/// <summary>How the data plane runs, as opposed to what it serves.</summary>
public sealed record ProxyOptions
{
    /// <summary>Worker threads. Default: one per processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    public ProxyLimits Limits { get; init; } = new();
}
