using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Routes;

/// <summary>The result of translating one route of any kind.</summary>
internal interface IRouteMemo
{
    Route Route { get; }

    RouteStatus Status { get; }
}
