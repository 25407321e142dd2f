using Sluice.Resources.GatewayApi;

namespace Sluice.Exporter.Families;

internal static class GatewayClassFamilies
{
    public static StateKind Kind { get; } = new(
        "gatewayapi_gatewayclass",
        new MetricFamily("info", "GatewayClass information", MetricValue.One, new SampleSource("", new FamilyLabel("controller_name", "spec.controllerName"))),
        CommonFamilies.Labels(),
        CommonFamilies.Created(),
        CommonFamilies.Deleted(),
        CommonFamilies.Status(),
        new MetricFamily(
            "status_supported_features",
            "List of supported features for the GatewayClass",
            MetricValue.One,
            new SampleSource("status.supportedFeatures[]", new FamilyLabel("features", "status.supportedFeatures[].name")),
            // Before v1.2 of the Gateway API the entries were texts.
            new SampleSource("status.supportedFeatures[]", new FamilyLabel("features", "status.supportedFeatures[]"))))
    {
        Group = GatewayApiGroup.Name,
        Kind = "GatewayClass",
        Plural = "gatewayclasses",
        IsNamespaced = false,
        VersionLabel = "v1beta1",
    };
}
