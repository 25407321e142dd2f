using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Addresses;

/// <summary>What one Gateway was given, and for which listeners and wishes.</summary>
/// <param name="gateway">The Gateway.</param>
/// <param name="ports">Its ports and those of its ListenerSets.</param>
/// <param name="addressing">What it got.</param>
internal sealed class AddressLease(Gateway gateway, IReadOnlyList<int> ports, GatewayAddressing addressing)
{
    public GatewayAddressing Addressing { get; } = addressing;

    /// <summary>With those of ListenerSets.</summary>
    public IReadOnlyList<int> Ports { get; } = ports;

    /// <summary>Of the Gateway's own listeners.</summary>
    public static IReadOnlyList<int> PortsOf(Gateway gateway) => [.. gateway.Listeners.Select(listener => listener.Port).Distinct()];

    /// <summary>Whether the Gateway asks for the same addresses and ports as then.</summary>
    public bool IsFor(Gateway other) => ReferenceEquals(gateway, other) || (WantsSame(other) && PortsOf(gateway).SequenceEqual(PortsOf(other)));

    public bool WantsSame(Gateway other) => gateway.Addresses.SequenceEqual(other.Addresses);
}
