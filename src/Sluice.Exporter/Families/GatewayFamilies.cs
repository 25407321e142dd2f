using Sluice.Resources.GatewayApi;

namespace Sluice.Exporter.Families;

internal static class GatewayFamilies
{
    public static StateKind Kind { get; } = new(
        "gatewayapi_gateway",
        new MetricFamily("info", "Gateway information", MetricValue.One, new SampleSource("", new FamilyLabel("gatewayclass_name", "spec.gatewayClassName"))),
        CommonFamilies.Labels(),
        CommonFamilies.Created(),
        CommonFamilies.Deleted(),
        CommonFamilies.ListenerInfo("Gateway listener information"),
        CommonFamilies.Status(),
        CommonFamilies.AttachedRoutes(),
        new MetricFamily(
            "status_address_info",
            "Gateway address types and values",
            MetricValue.One,
            new SampleSource("status.addresses[]", new FamilyLabel("type", "status.addresses[].type"), new FamilyLabel("value", "status.addresses[].value"))),
        CommonFamilies.ListenersConditions())
    {
        Group = GatewayApiGroup.Name,
        Kind = "Gateway",
        Plural = "gateways",
        VersionLabel = "v1beta1",
    };
}
