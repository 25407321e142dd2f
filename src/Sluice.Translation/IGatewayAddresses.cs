using Sluice.Resources.GatewayApi;

namespace Sluice.Translation;

/// <summary>
/// Gives Gateways their addresses. Asked for every claimed Gateway whenever any Gateway or GatewayClass has changed, so that an
/// address may pass from one to another. Address types other than IPAddress never reach it: they are refused with
/// UnsupportedAddress.
/// </summary>
public interface IGatewayAddresses
{
    GatewayAddressing Assign(Gateway gateway);

    /// <summary>Another number than before when addresses have changed though no Gateway has. Default: always the same.</summary>
    long Version => 0;
}
