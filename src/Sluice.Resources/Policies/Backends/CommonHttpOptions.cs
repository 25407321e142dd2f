namespace Sluice.Resources.Policies.Backends;

/// <summary>HTTP of every version with endpoints.</summary>
public sealed record CommonHttpOptions
{
    /// <summary>A connection without a request; 1h when absent, 0s for none.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Fields of a response; 100 when absent.</summary>
    public int? MaxHeadersCount { get; init; }

    /// <summary>How long an exchange may take.</summary>
    public TimeSpan? MaxStreamDuration { get; init; }

    /// <summary>Then it is closed; 0 for any number.</summary>
    public int? MaxRequestsPerConnection { get; init; }
}
