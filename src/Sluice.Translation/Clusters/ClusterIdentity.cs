using System.Globalization;
using System.Text;
using Sluice.Configuration;
using Sluice.Resources;

namespace Sluice.Translation.Clusters;

/// <summary>
/// What makes a cluster the cluster it is: a port of a Service, and what sets connections to it apart from others, because they
/// cannot be shared. As text it is the name of the cluster: "namespace/service:port", and behind it "/h2" for HTTP/2, "/udp" for
/// datagrams, "/tls", and "/proxy=v1" or "/proxy=v2". No part can hold "/" or ":".
/// </summary>
/// <param name="Service">The Service.</param>
/// <param name="Port">One of its ports.</param>
/// <param name="Protocol">
/// One port of a Service may be used by an HTTPRoute over HTTP/1.1 and by a GRPCRoute over HTTP/2.
/// </param>
/// <param name="IsTls">
/// How exactly is no part of the name: settings change without the routes. Whether at all is, so that a route that was promised
/// TLS can never be led to a cluster without.
/// </param>
/// <param name="IsDatagram">One number may be a TCP port and a UDP port of a Service, with different endpoints.</param>
/// <param name="ProxyProtocol">For streams only.</param>
/// <param name="IsBackend">It is a Backend, which has no ports: "/backend" stands in their place.</param>
internal readonly record struct ClusterIdentity(
    NamespacedName Service,
    int Port,
    UpstreamProtocol Protocol = UpstreamProtocol.Http1,
    bool IsTls = false,
    bool IsDatagram = false,
    ProxyProtocolVersion ProxyProtocol = ProxyProtocolVersion.None,
    bool IsBackend = false)
{
    private const string Http2 = "h2";
    private const string Datagram = "udp";
    private const string Tls = "tls";
    private const string ProxyV1 = "proxy=v1";
    private const string ProxyV2 = "proxy=v2";
    private const string Backend = "backend";

    /// <summary>spec.ports[].protocol of the Service.</summary>
    public string Transport => IsDatagram ? "UDP" : "TCP";

    public string Name
    {
        get
        {
            var plain = IsBackend
                ? $"{Service.Namespace}/{Service.Name}/{Backend}"
                : string.Create(CultureInfo.InvariantCulture, $"{Service.Namespace}/{Service.Name}:{Port}");
            if (Protocol == UpstreamProtocol.Http1 && !IsTls && !IsDatagram && ProxyProtocol == ProxyProtocolVersion.None)
                return plain;
            var name = new StringBuilder(plain);
            if (Protocol == UpstreamProtocol.Http2)
                name.Append('/').Append(Http2);
            if (IsDatagram)
                name.Append('/').Append(Datagram);
            if (IsTls)
                name.Append('/').Append(Tls);
            if (ProxyProtocol != ProxyProtocolVersion.None)
                name.Append('/').Append(ProxyProtocol == ProxyProtocolVersion.V1 ? ProxyV1 : ProxyV2);
            return name.ToString();
        }
    }

    /// <param name="name">A <see cref="Name"/>.</param>
    public static ClusterIdentity Parse(string name)
    {
        var parts = name.Split('/');
        var colon = parts[1].IndexOf(':', StringComparison.Ordinal);
        var identity = colon < 0
            ? new ClusterIdentity(new NamespacedName(parts[0], parts[1]), 0)
            : new ClusterIdentity(
                new NamespacedName(parts[0], parts[1][..colon]),
                int.Parse(parts[1].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        foreach (var part in parts.AsSpan(2))
        {
            identity = part switch
            {
                Http2 => identity with { Protocol = UpstreamProtocol.Http2 },
                Datagram => identity with { IsDatagram = true },
                Backend => identity with { IsBackend = true },
                Tls => identity with { IsTls = true },
                ProxyV1 => identity with { ProxyProtocol = ProxyProtocolVersion.V1 },
                ProxyV2 => identity with { ProxyProtocol = ProxyProtocolVersion.V2 },
                _ => throw new ArgumentException($"\"{name}\" is no name of a cluster.", nameof(name)),
            };
        }
        return identity;
    }
}
