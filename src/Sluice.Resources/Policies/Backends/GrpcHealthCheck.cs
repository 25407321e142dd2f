namespace Sluice.Resources.Policies.Backends;

/// <summary>A call of grpc.health.v1.</summary>
public sealed record GrpcHealthCheck
{
    /// <summary>The service that is asked for.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The :authority that is sent.</summary>
    public string? Authority { get; init; }
}
