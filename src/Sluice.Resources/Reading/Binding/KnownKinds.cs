using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Schemas;
using Sluice.Resources.Schemas.Foreign;
using Sluice.Resources.Schemas.Kgateway.Policies;

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
        Policy("TrafficPolicy", () => TrafficPolicySchemas.Spec, TrafficPolicyBinder.Read),
        Policy("ListenerPolicy", () => ListenerPolicySchemas.Spec, ListenerPolicyBinder.Read),
        Policy("HTTPListenerPolicy", () => HttpListenerPolicySchemas.Spec, HttpListenerPolicyBinder.Read),
        Policy("BackendConfigPolicy", () => BackendConfigPolicySchemas.Spec, BackendConfigPolicyBinder.Read),
        Policy("Backend", () => BackendKindSchemas.Spec, BackendKindBinder.Read),
        Policy("GatewayExtension", () => GatewayExtensionSchemas.Spec, GatewayExtensionBinder.Read),
        new(GatewayApiGroup.EnvoyGateway, "v1alpha1", "RateLimitFilter", true, Names.Subdomain, PolicyBinder.Of(() => ForeignSchemas.RateLimitFilter, ForeignBinder.RateLimitFilter)),
        Foreign("AuthConfig", () => ForeignSchemas.AuthConfig, ForeignBinder.AuthConfig),
        Foreign("DynamicForwardProxy", () => ForeignSchemas.DynamicForwardProxy, ForeignBinder.DynamicForwardProxy),
        Foreign("AIGateway", () => ForeignSchemas.AiGateway, ForeignBinder.AiGateway),
        Foreign("PromptGuard", () => ForeignSchemas.PromptGuard, ForeignBinder.PromptGuard),
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

    private static KindInfo Policy(string kind, Func<SchemaNode> spec, Func<PolicyNode, ObjectMeta, IReadOnlyList<string>, KubernetesObject> read) =>
        new(GatewayApiGroup.Kgateway, "v1alpha1", kind, true, Names.Subdomain, PolicyBinder.Of(spec, read));

    private static KindInfo Foreign(string kind, Func<SchemaNode> spec, Func<PolicyNode, ObjectMeta, IReadOnlyList<string>, KubernetesObject> read) =>
        new(GatewayApiGroup.Solo, "v1", kind, true, Names.Subdomain, PolicyBinder.Of(spec, read));
}
