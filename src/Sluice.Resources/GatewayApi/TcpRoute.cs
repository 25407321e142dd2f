namespace Sluice.Resources.GatewayApi;

public sealed record TcpRoute : Layer4Route
{
    public override string Kind => "TCPRoute";
}
