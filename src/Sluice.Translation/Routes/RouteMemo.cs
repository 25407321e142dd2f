using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Routes;

/// <summary>
/// The result of translating one route, which holds until the route or something it refers to changes. Immutable.
/// </summary>
internal sealed class RouteMemo(HttpRoute route, RouteEntry[] entries, RouteVerdict verdict, Attachment[] attachments, RouteStatus status)
{
    public HttpRoute Route { get; } = route;

    /// <summary>In order of precedence within the route.</summary>
    public RouteEntry[] Entries { get; } = entries;

    public RouteVerdict Verdict { get; } = verdict;

    public Attachment[] Attachments { get; } = attachments;

    public RouteStatus Status { get; } = status;

    /// <summary>Counts as attached: a route that is refused still answers 500 on its matches, but is not counted.</summary>
    public bool Counts => Verdict.Refused is null;
}
