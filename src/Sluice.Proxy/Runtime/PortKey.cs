using System.Net;
using Sluice.Configuration;

namespace Sluice.Proxy.Runtime;

/// <summary>What is bound: ports of TCP and UDP with the same number have nothing to do with each other.</summary>
internal readonly record struct PortKey(bool IsUdp, IPEndPoint EndPoint)
{
    public static bool IsUdpOf(Listener listener) => listener.Protocol == ListenerProtocol.Udp;
}
