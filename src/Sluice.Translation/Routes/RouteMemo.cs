using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;
using Sluice.Translation.Policies.Traffic;

namespace Sluice.Translation.Routes;

/// <summary>
/// The result of translating one route, which holds until the route or something it refers to changes. Immutable.
/// </summary>
internal sealed class RouteMemo(Layer7Route route, CompiledRoute compiled, RoutePolicies? policies, RoutePlaces places, RouteStatus status) : IRouteMemo
{
    public Layer7Route Route { get; } = route;

    Route IRouteMemo.Route => Route;

    public CompiledRoute Compiled { get; } = compiled;

    /// <summary>In order of precedence within the route.</summary>
    public RouteEntry[] Entries => Compiled.Entries;

    /// <summary>What the policies that <see cref="Entries"/> have in force need to be remembered; null when no policy concerns the route.</summary>
    public RoutePolicies? Policies { get; } = policies;

    public RouteVerdict Verdict => Compiled.Verdict;

    public RoutePlaces Places { get; } = places;

    /// <summary>Where the route serves.</summary>
    public Attachment[] Attachments => Places.Attachments;

    public RouteStatus Status { get; } = status;

    /// <summary>Counts as attached: a route that is refused still answers 500 on its matches, but is not counted.</summary>
    public bool Counts => Verdict.Refused is null;

    /// <summary>As <see cref="Entries"/>, with the policies of the listener.</summary>
    public RouteEntry[] EntriesOn(ListenerTable listener) => Policies?.Variants?.GetValueOrDefault(listener) ?? Entries;

    /// <summary>Order of an entry among those of other routes of the same kind.</summary>
    public ulong RankOf(int entry) => Compiled.GrpcRanks is { } ranks ? ranks[entry] : RouteOrder.Rank(Entries[entry].Match);
}
