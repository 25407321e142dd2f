using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>What is known of one listener before any route is looked at.</summary>
internal sealed record ListenerEvaluation
{
    public required GatewayListener Spec { get; init; }

    /// <summary>Lower case; "" for every host.</summary>
    public required string Hostname { get; init; }

    public required ListenerProtocol? Protocol { get; init; }

    public required int BindPort { get; init; }

    /// <summary>Accepted=False and why, or null.</summary>
    public required Finding? Refused { get; init; }

    /// <summary>Conflicted=True and why, or null.</summary>
    public required Finding? Conflict { get; init; }

    /// <summary>ResolvedRefs=False and why, or null.</summary>
    public required Finding? Unresolved { get; init; }

    /// <summary>Empty when the listener is refused.</summary>
    public required IReadOnlyList<RouteGroupKind> SupportedKinds { get; init; }

    public bool Accepted => Refused is null;
}
