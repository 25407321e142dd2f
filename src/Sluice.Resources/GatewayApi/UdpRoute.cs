namespace Sluice.Resources.GatewayApi;

public sealed record UdpRoute : Layer4Route
{
    public override string Kind => "UDPRoute";
}
