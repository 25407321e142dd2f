using Sluice.Resources;
using Sluice.Translation;

namespace Sluice.Controller.Addresses;

/// <summary>Addresses that are settled for all Gateways of a snapshot together.</summary>
public interface IPreparedAddresses : IGatewayAddresses
{
    /// <summary>To be called before the snapshot is translated.</summary>
    void Prepare(ResourceSnapshot snapshot);
}
