namespace Sluice.Resources.GatewayApi;

/// <summary>What TLSRoute, TCPRoute and UDPRoute have in common: connections or datagrams are relayed as they are.</summary>
public abstract record Layer4Route : Route
{
    /// <summary>The one rule that spec.rules may hold.</summary>
    public required Layer4RouteRule Rule { get; init; }

    public override int RuleCount => 1;
}
