using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>An HTTP server that decides.</summary>
public sealed record ExtHttpService
{
    /// <summary>The Service or Backend.</summary>
    public required BackendObjectReference BackendRef { get; init; }

    /// <summary>Stands before the path.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>How long it may take; 2s when absent.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>What it is told.</summary>
    public AuthorizationRequest? AuthorizationRequest { get; init; }

    /// <summary>What is made of its answer.</summary>
    public AuthorizationResponse? AuthorizationResponse { get; init; }

    /// <summary>Null: it is not asked again.</summary>
    public GrpcRetry? Retry { get; init; }
}
