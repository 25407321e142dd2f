using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>What is known of one claimed Gateway before any route is looked at.</summary>
internal sealed record GatewayEvaluation
{
    public required Gateway Gateway { get; init; }

    /// <summary>The controllerName that route statuses carry.</summary>
    public required string ControllerName { get; init; }

    public required GatewayAddressing Addressing { get; init; }

    /// <summary>Why the Gateway itself is not accepted, whatever its listeners; or null.</summary>
    public required Finding? Refused { get; init; }

    public required IReadOnlyList<ListenerEvaluation> Listeners { get; init; }

    /// <summary>Accepted by itself and with at least one listener that is.</summary>
    public bool Accepted => Refused is null && Listeners.Any(listener => listener.Accepted);
}
