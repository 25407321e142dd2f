using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>A server of Envoy's access log service.</summary>
public sealed record AccessLogGrpcService
{
    /// <summary>The Service or Backend.</summary>
    public required BackendObjectReference BackendRef { get; init; }

    /// <summary>The :authority that is sent.</summary>
    public string? Authority { get; init; }

    /// <summary>Bytes of one answer at most.</summary>
    public int? MaxReceiveMessageLength { get; init; }

    /// <summary>Whether x-envoy-* fields are left out.</summary>
    public bool SkipEnvoyHeaders { get; init; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Fields of each call.</summary>
    public IReadOnlyList<GrpcMetadata> InitialMetadata { get; init; } = [];

    /// <summary>Null: a call is not tried again.</summary>
    public GrpcRetryBackoff? RetryPolicy { get; init; }

    /// <summary>The log's name.</summary>
    public required string LogName { get; init; }

    /// <summary>Fields of requests.</summary>
    public IReadOnlyList<string> AdditionalRequestHeadersToLog { get; init; } = [];

    /// <summary>Fields of responses.</summary>
    public IReadOnlyList<string> AdditionalResponseHeadersToLog { get; init; } = [];

    /// <summary>Trailers of responses.</summary>
    public IReadOnlyList<string> AdditionalResponseTrailersToLog { get; init; } = [];
}
