using Sluice.Resources.GatewayApi;

namespace Sluice.Translation;

/// <summary>The same addresses for every Gateway; a spec.addresses value among them narrows the choice, another one is refused.</summary>
public sealed class FixedGatewayAddresses(params IReadOnlyList<string> addresses) : IGatewayAddresses
{
    public GatewayAddressing Assign(Gateway gateway)
    {
        var wanted = gateway.Addresses.Where(address => !string.IsNullOrEmpty(address.Value)).Select(address => address.Value!).ToList();
        if (wanted.Count == 0)
            return GatewayAddressing.Of(addresses);
        var usable = wanted.Where(addresses.Contains).ToList();
        var unusable = wanted.Except(usable).ToList();
        var addressing = GatewayAddressing.Of(usable);
        return unusable.Count == 0
            ? addressing
            : addressing with { Problem = $"spec.addresses: {string.Join(", ", unusable)} cannot be used here; usable: {string.Join(", ", addresses)}" };
    }
}
