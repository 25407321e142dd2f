using System.Globalization;
using Sluice.Configuration;
using Sluice.Resources;

namespace Sluice.Translation.Clusters;

/// <summary>
/// "namespace/service:port", with "/h2" behind it when HTTP/2 is spoken: the identity of a cluster. The protocol is part of it,
/// because one port of a Service may be used by an HTTPRoute over HTTP/1.1 and by a GRPCRoute, and their connections cannot be
/// shared. No part can hold "/" or ":".
/// </summary>
internal static class ClusterName
{
    private const string Http2Suffix = "/h2";

    public static string Of(NamespacedName service, int port, UpstreamProtocol protocol) =>
        string.Create(CultureInfo.InvariantCulture, $"{service.Namespace}/{service.Name}:{port}{(protocol == UpstreamProtocol.Http2 ? Http2Suffix : "")}");

    public static (NamespacedName Service, int Port, UpstreamProtocol Protocol) Parse(string name)
    {
        var protocol = UpstreamProtocol.Http1;
        if (name.EndsWith(Http2Suffix, StringComparison.Ordinal))
        {
            protocol = UpstreamProtocol.Http2;
            name = name[..^Http2Suffix.Length];
        }
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var colon = name.LastIndexOf(':');
        var port = int.Parse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return (new NamespacedName(name[..slash], name[(slash + 1)..colon]), port, protocol);
    }
}
