using System.Net;

namespace Sluice.Conformance.Cluster;

/// <summary>A pod that an echo plays, on an address of its own and with the ports that the suite's image listens on.</summary>
internal sealed record Pod(string Namespace, string Name, IReadOnlyDictionary<string, string> Labels, IPAddress Address)
{
    /// <summary>HTTP/1.1, WebSocket and gRPC.</summary>
    public const int HttpPort = 3000;

    /// <summary>HTTP/2 only.</summary>
    public const int Http2Port = 3001;

    public override string ToString() => $"{Namespace}/{Name}";
}
