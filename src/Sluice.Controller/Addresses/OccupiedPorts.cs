using Sluice.Resources;

namespace Sluice.Controller.Addresses;

/// <summary>Which Gateway has which port of which address.</summary>
internal sealed class OccupiedPorts
{
    private readonly Dictionary<(string Address, int Port), NamespacedName> _owners = [];

    public void Add(IReadOnlyList<string> addresses, IReadOnlyList<int> ports, NamespacedName gateway)
    {
        foreach (var address in addresses)
        {
            foreach (var port in ports)
                _owners[(address, port)] = gateway;
        }
    }

    /// <summary>A Gateway that has one of the ports on the address, or null.</summary>
    public NamespacedName? Owner(string address, IReadOnlyList<int> ports)
    {
        foreach (var port in ports)
        {
            if (_owners.TryGetValue((address, port), out var owner))
                return owner;
        }
        return null;
    }
}
