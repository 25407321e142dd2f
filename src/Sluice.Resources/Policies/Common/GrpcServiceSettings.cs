using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Policies.Common;

/// <summary>A gRPC server that is asked.</summary>
public sealed record GrpcServiceSettings
{
    /// <summary>The Service or Backend.</summary>
    public required BackendObjectReference BackendRef { get; init; }

    /// <summary>The :authority that is sent. Null means the backend's name.</summary>
    public string? Authority { get; init; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>Null: a call is not tried again.</summary>
    public GrpcRetry? Retry { get; init; }
}
