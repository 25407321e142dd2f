namespace Sluice.Exporter.Families;

/// <summary>All kinds that can be shown as metrics.</summary>
public static class StateKinds
{
    /// <summary>Those of the Gateway API.</summary>
    public static IReadOnlyList<StateKind> GatewayApi { get; } =
    [
        GatewayFamilies.Kind,
        GatewayClassFamilies.Kind,
        RouteFamilies.Http,
        RouteFamilies.Grpc,
        RouteFamilies.Tcp,
        RouteFamilies.Tls,
        RouteFamilies.Udp,
        ListenerSetFamilies.Kind,
        BackendTlsPolicyFamilies.Kind,
    ];

    /// <summary>Those of Kuadrant.</summary>
    public static IReadOnlyList<StateKind> Kuadrant { get; } =
    [
        KuadrantFamilies.TlsPolicy,
        KuadrantFamilies.DnsPolicy,
        KuadrantFamilies.RateLimitPolicy,
        KuadrantFamilies.AuthPolicy,
        KuadrantFamilies.DnsRecord,
        KuadrantFamilies.DnsHealthCheckProbe,
    ];

    public static IReadOnlyList<StateKind> All { get; } = [.. GatewayApi, .. Kuadrant];

    /// <summary>By kind ("HTTPRoute") or plural name ("httproutes"), in any case of letters; null when there is none.</summary>
    public static StateKind? Find(string name) => All.FirstOrDefault(kind =>
        kind.Kind.Equals(name, StringComparison.OrdinalIgnoreCase) || kind.Plural.Equals(name, StringComparison.OrdinalIgnoreCase));
}
