using System.Net;
using System.Net.Sockets;

namespace Sluice.Conformance.Cluster;

/// <summary>Addresses of one run: loopback networks of its own, so that runs beside each other never meet.</summary>
internal sealed class PodNetwork
{
    private const int PrivilegedPorts = 1024;
    private const int Offset = 20000;

    private readonly byte _second;
    private readonly byte _third;
    private int _pods;

    private PodNetwork(byte second, byte third)
    {
        _second = second;
        _third = third;
    }

    /// <summary>Gateways take their addresses from here.</summary>
    public string GatewayRange => $"127.{_second}.{_third}.0/24";

    /// <summary>An address that Gateways may ask for and that is in no pool.</summary>
    public IPAddress Usable => Address(2, 1);

    /// <summary>An address of no machine (RFC 5737).</summary>
    public IPAddress Unusable { get; } = IPAddress.Parse("192.0.2.1");

    /// <summary>The first address of the Gateways, to try ports on.</summary>
    private IPAddress FirstGateway => Address(0, 1);

    /// <summary>What is added to ports because this user may not bind those below 1024, or somebody else has them; 0 when nothing is.</summary>
    public int PortOffset { get; private init; }

    /// <summary>Three neighbouring networks out of 127.64.0.0 to 127.255.255.255.</summary>
    public static PodNetwork Random()
    {
        var network = new PodNetwork((byte)System.Random.Shared.Next(64, 256), (byte)(System.Random.Shared.Next(0, 84) * 3));
        return CanBind(new IPEndPoint(network.FirstGateway, 80)) ? network : new PodNetwork(network._second, network._third) { PortOffset = Offset };
    }

    /// <summary>Where a pod listens that asks for a port.</summary>
    public int PodPort(int port) => port < PrivilegedPorts ? port + PortOffset : port;

    public IPAddress Next() => Address(1, ++_pods);

    private static bool CanBind(IPEndPoint endPoint)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private IPAddress Address(int network, int host) => host is >= 1 and <= 254
        ? new IPAddress([127, _second, (byte)(_third + network), (byte)host])
        : throw new UsageException("the run asks for more than 254 pods");
}
