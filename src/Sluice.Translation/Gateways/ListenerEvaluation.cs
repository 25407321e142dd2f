using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;
using ListenerTls = Sluice.Configuration.ListenerTls;

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
    public Finding? Conflict { get; init; }

    /// <summary>ResolvedRefs=False and why, or null.</summary>
    public required Finding? Unresolved { get; init; }

    /// <summary>Programmed=False and why, although the listener is accepted and its routes count; or null.</summary>
    public Finding? Unusable { get; init; }

    /// <summary>Empty when the listener is refused.</summary>
    public required IReadOnlyList<RouteGroupKind> SupportedKinds { get; init; }

    /// <summary>Of HTTPS and TLS listeners that are served.</summary>
    public ListenerTls? Tls { get; init; }

    public ProxyProtocolAcceptance? ProxyProtocol { get; init; }

    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>When what is said of the listener changes without any object changing, because a certificate begins or ends to be valid.</summary>
    public DateTimeOffset? ChangesAt { get; init; }

    public bool Accepted => Refused is null;

    /// <summary>Whether the data plane gets it, as far as the listener itself is concerned.</summary>
    public bool Served => Refused is null && Unusable is null;

    public ListenerEvaluation Refuse(Finding refused) => Refused is null ? this with { Refused = refused, SupportedKinds = [] } : this;

    /// <summary>The listener without its place, which another one has.</summary>
    public ListenerEvaluation Lose(Finding conflict) => this with { Refused = conflict, Conflict = conflict, SupportedKinds = [] };

    /// <summary>Whether the same routes attach.</summary>
    public bool TakesSameRoutes(ListenerEvaluation other) =>
        Refused?.Reason == other.Refused?.Reason
        && SupportedKinds.SequenceEqual(other.SupportedKinds)
        && (ReferenceEquals(Spec, other.Spec)
            || (Spec.Name == other.Spec.Name && Spec.Port == other.Spec.Port && Hostname == other.Hostname && Spec.AllowedRoutes == other.Spec.AllowedRoutes));
}
