using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.Addresses;

/// <summary>Makes the addresses of a pool local to this machine for as long as this lives, where they are not so already.</summary>
internal sealed class LocalPool : IDisposable
{
    private readonly IPNetwork _network;
    private readonly bool _isOurs;

    /// <exception cref="AddressPoolException">They are not local, and the system does not let us make them so.</exception>
    public LocalPool(IPNetwork network)
    {
        _network = network;
        if (LocalAddress.CanBind(AddressRange.Of(network).First()))
            return;
        if (network.BaseAddress.AddressFamily != AddressFamily.InterNetwork)
            throw new AddressPoolException($"the addresses of --address-pool {network} are not local to this machine, and of IPv6 only single addresses can be made so. First run for each of them: ip addr add ADDRESS/128 dev lo nodad");
        try
        {
            _isOurs = LocalRoute.Add(network);
        }
        catch (IOException error)
        {
            throw new AddressPoolException($"the addresses of --address-pool {network} are not local to this machine and cannot be made so: {error.Message}. Run it with CAP_NET_ADMIN, or first run: ip route add local {network} dev lo");
        }
    }

    public void Dispose()
    {
        if (!_isOurs)
            return;
        try
        {
            LocalRoute.Remove(_network);
        }
        catch (IOException)
        {
            // The process ends: what is left behind does no harm, and is found by the next one.
        }
    }
}
