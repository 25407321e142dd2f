using System.Net;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>Whose PROXY protocol headers are believed (ProxyProtocolAcceptance.TrustedSources). Nothing is allocated by a look-up.</summary>
internal sealed class TrustedSources
{
    private readonly (int Family, UInt128 Prefix, UInt128 Mask)[] _networks;

    /// <param name="sources">Networks or single addresses, each of which <see cref="TryParse"/>. None: everybody.</param>
    public TrustedSources(IReadOnlyList<string> sources)
    {
        _networks = new (int, UInt128, UInt128)[sources.Count];
        Span<byte> address = stackalloc byte[16];
        for (var i = 0; i < _networks.Length; i++)
        {
            if (!TryParse(sources[i], out var network))
                throw new FormatException($"\"{sources[i]}\" is neither an IP address nor a network such as 192.0.2.0/24");
            network.BaseAddress.TryWriteBytes(address, out var octets);
            var mask = network.PrefixLength == 0 ? 0 : UInt128.MaxValue << ((octets * 8) - network.PrefixLength);
            _networks[i] = (octets == 4 ? LinuxConstants.AF_INET : LinuxConstants.AF_INET6, Number(address[..octets]), mask & Ones(octets));
        }
    }

    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <param name="socketAddress">A struct sockaddr_in or sockaddr_in6.</param>
    public bool Contains(ReadOnlySpan<byte> socketAddress)
    {
        if (_networks.Length == 0)
            return true;
        var family = BitConverter.ToUInt16(socketAddress);
        var address = Number(family == LinuxConstants.AF_INET6 ? socketAddress.Slice(8, 16) : socketAddress.Slice(4, 4));
        foreach (var network in _networks)
        {
            if (network.Family == family && (address & network.Mask) == network.Prefix)
                return true;
        }

        return false;
    }

    private static UInt128 Ones(int octets) => octets == 4 ? uint.MaxValue : UInt128.MaxValue;

    private static UInt128 Number(ReadOnlySpan<byte> octets)
    {
        UInt128 number = 0;
        foreach (var octet in octets)
            number = (number << 8) | octet;
        return number;
    }
}
