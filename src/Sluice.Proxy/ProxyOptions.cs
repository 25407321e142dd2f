using Sluice.Proxy.Sessions;

namespace Sluice.Proxy;

/// <summary>How the data plane runs, as opposed to what it serves.</summary>
public sealed record ProxyOptions
{
    /// <summary>Worker threads. Default: one per processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// What tokens of sessions are sealed with (<see cref="Configuration.SessionPersistence"/>). Proxies that share it, and one that
    /// starts again with it, keep each other's sessions. Null: a random one, whose sessions end with the process.
    /// </summary>
    public SessionKey? SessionKey { get; init; }

    /// <summary>How much is counted of requests. Default <see cref="Proxy.MetricsDetail.Listener"/>.</summary>
    public MetricsDetail MetricsDetail { get; init; } = MetricsDetail.Listener;

    /// <summary>Version of the program, which spans and log records name (service.version). Default: none.</summary>
    public string Version { get; init; } = "";

    public ProxyLimits Limits { get; init; } = new();

    /// <summary>What filters wait and expire by.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
