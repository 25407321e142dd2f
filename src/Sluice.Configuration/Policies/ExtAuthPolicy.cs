namespace Sluice.Configuration.Policies;

/// <summary>
/// Asks a service whether a request may pass (TrafficPolicy.spec.extAuth). Exactly one of <see cref="Grpc"/> and <see cref="Http"/> is
/// there; with neither, every request is refused with 500: what was to guard the route cannot be put in force.
/// </summary>
public sealed record ExtAuthPolicy
{
    /// <summary>Octets of an answer: 256 KiB. A larger one counts as none.</summary>
    public const int MaxResponseBytes = 256 * 1024;

    /// <summary>By envoy.service.auth.v3.Authorization.</summary>
    public GrpcService? Grpc { get; init; }

    /// <summary>By HTTP: 200 lets the request pass.</summary>
    public ExtAuthHttpService? Http { get; init; }

    /// <summary>Names of the request's fields that the service is told. Empty: all of them over gRPC, Authorization over HTTP.</summary>
    public IReadOnlyList<string> HeadersToForward { get; init; } = [];

    /// <summary>Requests pass when the service cannot be asked, or answers nonsense. Default false.</summary>
    public bool FailOpen { get; init; }

    /// <summary>The status when it cannot be asked, 100 to 511. Default 403.</summary>
    public int StatusOnError { get; init; } = 403;

    /// <summary>Told to a gRPC service beside the request.</summary>
    public IReadOnlyList<HeaderValue> ContextExtensions { get; init; } = [];
}
