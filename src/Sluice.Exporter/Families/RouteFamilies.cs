using Sluice.Resources.GatewayApi;

namespace Sluice.Exporter.Families;

/// <summary>The kinds of routes, which differ in little.</summary>
internal static class RouteFamilies
{
    public static StateKind Http { get; } = Create("HTTPRoute", "v1beta1", hasHostnames: true);

    public static StateKind Grpc { get; } = Create("GRPCRoute", "v1alpha2", hasHostnames: true);

    public static StateKind Tcp { get; } = Create("TCPRoute", "v1alpha2", hasHostnames: false);

    public static StateKind Tls { get; } = Create("TLSRoute", "v1alpha2", hasHostnames: true);

    public static StateKind Udp { get; } = Create("UDPRoute", "v1alpha2", hasHostnames: false);

    private static StateKind Create(string kind, string version, bool hasHostnames)
    {
        var singular = kind.ToLowerInvariant();
        return new StateKind($"gatewayapi_{singular}", [.. Families(singular, hasHostnames)])
        {
            Group = GatewayApiGroup.Name,
            Kind = kind,
            Plural = $"{singular}s",
            VersionLabel = version,
        };
    }

    private static IEnumerable<MetricFamily> Families(string singular, bool hasHostnames)
    {
        yield return CommonFamilies.Labels();
        yield return CommonFamilies.Created();
        yield return CommonFamilies.Deleted();
        if (hasHostnames)
            yield return new MetricFamily("hostname_info", "Hostname information", MetricValue.One, new SampleSource("spec.hostnames[]", new FamilyLabel("hostname", "spec.hostnames[]")));
        yield return new MetricFamily(
            "parent_info",
            $"Parent references that the {singular} wants to be attached to",
            MetricValue.One,
            new SampleSource("spec.parentRefs[]", CommonFamilies.Reference("parent", "spec.parentRefs[]")));
        yield return new MetricFamily(
            "status_parent_info",
            $"Parent references that the {singular} is attached to",
            MetricValue.One,
            new SampleSource("status.parents[]", [new FamilyLabel("controller_name", "status.parents[].controllerName"), .. CommonFamilies.Reference("parent", "status.parents[].parentRef")]));
        yield return new MetricFamily(
            "status_parents_conditions",
            $"status condition of the {singular} for a parent",
            MetricValue.Condition("status.parents[].conditions[].status"),
            new SampleSource(
                "status.parents[].conditions[]",
                [
                    new FamilyLabel("controller_name", "status.parents[].controllerName"),
                    .. CommonFamilies.Reference("parent", "status.parents[].parentRef"),
                    new FamilyLabel("type", "status.parents[].conditions[].type"),
                ]));
    }
}
