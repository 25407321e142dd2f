namespace Sluice.Resources.GatewayApi;

public enum FromNamespaces
{
    Same,
    All,
    Selector,
    None,
}
