using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Addresses;

/// <summary>What one Gateway was given, and for which listeners and wishes.</summary>
internal sealed class AddressLease(Gateway gateway, GatewayAddressing addressing)
{
    public GatewayAddressing Addressing { get; } = addressing;

    public IReadOnlyList<int> Ports { get; } = PortsOf(gateway);

    public static IReadOnlyList<int> PortsOf(Gateway gateway) => [.. gateway.Listeners.Select(listener => listener.Port).Distinct()];

    /// <summary>Whether the Gateway asks for the same addresses and ports as then.</summary>
    public bool IsFor(Gateway other) => ReferenceEquals(gateway, other) || (WantsSame(other) && Ports.SequenceEqual(PortsOf(other)));

    public bool WantsSame(Gateway other) => gateway.Addresses.SequenceEqual(other.Addresses);
}
