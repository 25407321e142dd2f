using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>A service that decides about requests.</summary>
public sealed record ExtAuthProvider
{
    /// <summary>By Envoy's external authorization protocol.</summary>
    public GrpcServiceSettings? GrpcService { get; init; }

    /// <summary>By HTTP.</summary>
    public ExtHttpService? HttpService { get; init; }

    /// <summary>Fields that it is told.</summary>
    public IReadOnlyList<string> HeadersToForward { get; init; } = [];

    /// <summary>Whether requests pass when it cannot be asked.</summary>
    public bool FailOpen { get; init; }

    /// <summary>Whether a route is chosen again afterwards.</summary>
    public bool ClearRouteCache { get; init; }

    /// <summary>The body that it is shown.</summary>
    public BodyBuffer? WithRequestBody { get; init; }

    /// <summary>The status when it cannot be asked.</summary>
    public int StatusOnError { get; init; } = 403;

    /// <summary>For metrics.</summary>
    public string? StatPrefix { get; init; }
}
