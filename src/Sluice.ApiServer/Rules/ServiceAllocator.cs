using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Rules;

/// <summary>
/// Cluster addresses (10.96.0.0/12) and node ports (30000 to 32767) of Services. They lead nowhere here, but clients expect
/// them. Follows the store, so what is free is what no Service has.
/// </summary>
internal sealed class ServiceAllocator
{
    private const uint FirstAddress = (10u << 24) | (96 << 16) | 1;
    private const uint LastAddress = (10u << 24) | (111 << 16) | (255 << 8) | 254;
    private const int FirstPort = 30000;
    private const int LastPort = 32767;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _ports = [];
    private uint _nextAddress = FirstAddress;
    private int _nextPort = FirstPort;

    public bool IsTaken(string address)
    {
        lock (_gate)
            return _addresses.ContainsKey(address);
    }

    public bool IsTaken(int port)
    {
        lock (_gate)
            return _ports.ContainsKey(port);
    }

    /// <summary>Each call gives another address, so that Services made at the same time get different ones. Null when none is free.</summary>
    public string? Address()
    {
        lock (_gate)
        {
            for (var tries = LastAddress - FirstAddress + 1; tries > 0; tries--)
            {
                var value = _nextAddress;
                _nextAddress = value == LastAddress ? FirstAddress : value + 1;
                var address = new IPAddress(BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value) : value).ToString();
                if (!_addresses.ContainsKey(address))
                    return address;
            }

            return null;
        }
    }

    /// <summary>Null when none is free.</summary>
    public int? Port()
    {
        lock (_gate)
        {
            for (var tries = LastPort - FirstPort + 1; tries > 0; tries--)
            {
                var port = _nextPort;
                _nextPort = port == LastPort ? FirstPort : port + 1;
                if (!_ports.ContainsKey(port))
                    return port;
            }

            return null;
        }
    }

    /// <summary>Keeps the books when Services change.</summary>
    public void Follow(StoreChange change)
    {
        if (change.Object.Kind is not { Group: "", Kind: "Service" })
            return;
        lock (_gate)
        {
            if (change.Previous is { } previous)
                Count(previous, -1);
            if (!change.IsRemoval)
                Count(change.Object, 1);
        }
    }

    private void Count(StoredObject service, int by)
    {
        var spec = JsonReading.ParseStored(service.Json).Map("spec");
        if (spec.Text("clusterIP") is { } address && address != "None")
            Count(_addresses, address, by);
        foreach (var port in Ports(spec))
            Count(_ports, port, by);
    }

    /// <summary>The node ports of a Service's spec.</summary>
    public static IEnumerable<int> Ports(JsonObject? spec)
    {
        foreach (var port in spec.List("ports") ?? [])
        {
            if (port.Integer("nodePort") is { } number and > 0 and <= ushort.MaxValue)
                yield return (int)number;
        }

        if (spec.Integer("healthCheckNodePort") is { } check and > 0 and <= ushort.MaxValue)
            yield return (int)check;
    }

    private static void Count<T>(Dictionary<T, int> counts, T key, int by)
        where T : notnull
    {
        var count = counts.GetValueOrDefault(key) + by;
        if (count <= 0)
            counts.Remove(key);
        else
            counts[key] = count;
    }

    public static string Range => string.Create(CultureInfo.InvariantCulture, $"{FirstPort} to {LastPort}");

    public static bool IsNodePort(long port) => port is >= FirstPort and <= LastPort;

    public static bool IsClusterAddress(string text) =>
        IPAddress.TryParse(text, out var address) && address.GetAddressBytes() is [10, >= 96 and <= 111, _, _];
}
