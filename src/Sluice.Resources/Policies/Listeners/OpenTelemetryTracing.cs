namespace Sluice.Resources.Policies.Listeners;

/// <summary>Spans by OTLP over gRPC.</summary>
public sealed record OpenTelemetryTracing
{
    /// <summary>Where they are sent.</summary>
    public required GrpcSink GrpcService { get; init; }

    /// <summary>Null means "gateway.namespace".</summary>
    public string? ServiceName { get; init; }

    /// <summary>Find resource attributes.</summary>
    public IReadOnlyList<ResourceDetector> ResourceDetectors { get; init; } = [];

    /// <summary>Null: as the percentages say.</summary>
    public TracingSampler? Sampler { get; init; }
}
