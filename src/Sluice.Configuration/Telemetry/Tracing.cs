namespace Sluice.Configuration.Telemetry;

/// <summary>
/// Spans of requests. A request with a trace context (W3C traceparent, else B3) belongs to that trace and follows its decision; of
/// the others a share is sampled. Backends get the context with the proxy's span as the parent.
/// </summary>
public sealed record Tracing
{
    public required OtlpProvider Provider { get; init; }

    /// <summary>Percent of requests without context that are sampled, 0 to 100.</summary>
    public double RandomSampling { get; init; } = 100;

    /// <summary>Percent of requests without context that are sampled when they bring x-client-trace-id, 0 to 100.</summary>
    public double ClientSampling { get; init; } = 100;

    /// <summary>Percent of what is to be sampled for any of the reasons that then is, 0 to 100.</summary>
    public double OverallSampling { get; init; } = 100;

    /// <summary>Each attempt at a backend is a client span of its own below the request's server span.</summary>
    public bool SpawnUpstreamSpan { get; init; }

    /// <summary>Bytes after which the path in attributes is cut. Default 256.</summary>
    public int MaxPathTagLength { get; init; } = 256;

    /// <summary>More attributes of the server span.</summary>
    public IReadOnlyList<SpanAttribute> Attributes { get; init; } = [];
}
