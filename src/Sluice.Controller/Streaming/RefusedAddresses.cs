using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.Streaming;

/// <summary>
/// Addresses from which tokens come that are not valid here, or not for the Gateway asked for. One that sends many is not listened to for
/// a while: it must not use up the handshakes that all proxies share. Of IPv6 the first 64 bits count, which are one machine's.
/// </summary>
internal sealed class RefusedAddresses(StreamLimits limits, TimeProvider clock)
{
    /// <summary>Addresses that are remembered. When there are more, all are forgiven: memory is bounded, and the limit over all proxies remains.</summary>
    private const int Capacity = 4096;

    private const int NetworkBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Refusals> _addresses = [];

    /// <summary>Whether this address has used up its refusals.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
            return false;
        lock (_lock)
            return LeftOf(Key(address)) + 1 > limits.RefusalBurst;
    }

    /// <summary>Something from this address was refused.</summary>
    public void Count(IPAddress? address)
    {
        if (address is null)
            return;
        lock (_lock)
        {
            var key = Key(address);
            var count = LeftOf(key) + 1;
            if (_addresses.Count >= Capacity && !_addresses.ContainsKey(key))
                _addresses.Clear();
            _addresses[key] = new Refusals(count, clock.GetTimestamp());
        }
    }

    /// <summary>Refusals that are not forgotten yet.</summary>
    private double LeftOf(IPAddress key)
    {
        if (!_addresses.TryGetValue(key, out var refusals))
            return 0;
        var left = refusals.Count - (clock.GetElapsedTime(refusals.At).TotalSeconds * limits.RefusalsPerSecond);
        if (left > 0)
            return left;
        _addresses.Remove(key);
        return 0;
    }

    private static IPAddress Key(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private readonly record struct Refusals(double Count, long At);
}
