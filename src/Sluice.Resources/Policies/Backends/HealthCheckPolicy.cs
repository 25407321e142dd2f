namespace Sluice.Resources.Policies.Backends;

/// <summary>Probes of endpoints.</summary>
public sealed record HealthCheckPolicy
{
    /// <summary>How long a probe may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Time between probes.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Failures in a row until an endpoint is out.</summary>
    public required int UnhealthyThreshold { get; init; }

    /// <summary>Successes in a row until it is back.</summary>
    public required int HealthyThreshold { get; init; }

    /// <summary>By HTTP.</summary>
    public HttpHealthCheck? Http { get; init; }

    /// <summary>By gRPC.</summary>
    public GrpcHealthCheck? Grpc { get; init; }
}
