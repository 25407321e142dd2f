using Sluice.Resources.GatewayApi;

namespace Sluice.Translation;

/// <summary>
/// Gives Gateways their addresses. Asked when a claimed Gateway is new or has changed; must answer the same for the same
/// Gateway until then. Address types other than IPAddress never reach it: they are refused with UnsupportedAddress.
/// </summary>
public interface IGatewayAddresses
{
    GatewayAddressing Assign(Gateway gateway);
}
