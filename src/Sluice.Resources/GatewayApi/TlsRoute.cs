namespace Sluice.Resources.GatewayApi;

/// <summary>Hostnames are compared with the server name of the ClientHello. Empty, as v1alpha2 allows: every name, and none.</summary>
public sealed record TlsRoute : Layer4Route
{
    public override string Kind => "TLSRoute";
}
