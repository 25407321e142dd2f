using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Reading.Binding;

/// <summary>The kinds that are read.</summary>
internal static class KnownKinds
{
    private const string Discovery = "discovery.k8s.io";
    private const string GatewayVersions = "v1 v1beta1";

    private static readonly KindInfo[] All =
    [
        new(GatewayApiGroup.Name, GatewayVersions, "HTTPRoute", true, Names.Subdomain, HttpRouteBinder.Read),
        new(GatewayApiGroup.Name, "v1", "GRPCRoute", true, Names.Subdomain, GrpcRouteBinder.Read),
        new(GatewayApiGroup.Name, "v1 v1alpha3 v1alpha2", "TLSRoute", true, Names.Subdomain, TlsRouteBinder.Read),
        new(GatewayApiGroup.Name, "v1 v1alpha2", "TCPRoute", true, Names.Subdomain, TcpRouteBinder.Read),
        new(GatewayApiGroup.Name, "v1 v1alpha2", "UDPRoute", true, Names.Subdomain, UdpRouteBinder.Read),
        new(GatewayApiGroup.Name, "v1 v1alpha3", "BackendTLSPolicy", true, Names.Subdomain, BackendTlsPolicyBinder.Read),
        new("", "v1", "Service", true, Names.ServiceName, ServiceBinder.Read),
        new(Discovery, "v1", "EndpointSlice", true, Names.Subdomain, EndpointSliceBinder.Read),
        new(GatewayApiGroup.Name, GatewayVersions, "Gateway", true, Names.Subdomain, GatewayBinder.Read),
        new(GatewayApiGroup.Name, "v1", "ListenerSet", true, Names.Subdomain, ListenerSetBinder.Read),
        new(GatewayApiGroup.Name, GatewayVersions, "GatewayClass", false, Names.Subdomain, GatewayClassBinder.Read),
        new(GatewayApiGroup.Name, GatewayVersions, "ReferenceGrant", true, Names.Subdomain, ReferenceGrantBinder.Read),
        new("", "v1", "Namespace", false, Names.Label, NamespaceBinder.Read),
        new("", "v1", "Endpoints", true, Names.Subdomain, EndpointsBinder.Read),
        new("", "v1", "Secret", true, Names.Subdomain, SecretBinder.Read),
        new("", "v1", "ConfigMap", true, Names.Subdomain, ConfigMapBinder.Read),
        new(GatewayApiGroup.Kgateway, "v1alpha1", "DirectResponse", true, Names.Subdomain, DirectResponseBinder.Read),
        new(GatewayApiGroup.Kgateway, "v1alpha1", "GatewayParameters", true, Names.Subdomain, GatewayParametersBinder.Read),
    ];

    public static KindInfo? Find(ReadOnlySpan<char> group, string kind)
    {
        foreach (var info in All)
        {
            if (info.Kind == kind && group.SequenceEqual(info.Group))
                return info;
        }

        return null;
    }

    /// <summary>The kind of that group whose name differs in case only, or that is meant by a name of another group.</summary>
    public static KindInfo? FindAlike(ReadOnlySpan<char> group, string kind)
    {
        foreach (var info in All)
        {
            if (group.SequenceEqual(info.Group) && info.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase))
                return info;
        }

        return null;
    }
}
