using Sluice.Resources.GatewayApi;

namespace Sluice.Exporter.Families;

internal static class ListenerSetFamilies
{
    public static StateKind Kind { get; } = new(
        "gatewayapi_listenerset",
        new MetricFamily(
            "info",
            "ListenerSet information",
            MetricValue.One,
            new SampleSource(
                "",
                new FamilyLabel("parent_group", "spec.parentRef.group"),
                new FamilyLabel("parent_kind", "spec.parentRef.kind"),
                new FamilyLabel("parent_name", "spec.parentRef.name"),
                new FamilyLabel("parent_namespace", "spec.parentRef.namespace"))),
        CommonFamilies.Labels(),
        CommonFamilies.Created(),
        CommonFamilies.Deleted(),
        CommonFamilies.ListenerInfo("ListenerSet listener information"),
        CommonFamilies.Status(),
        CommonFamilies.AttachedRoutes(),
        CommonFamilies.ListenersConditions())
    {
        Group = GatewayApiGroup.Name,
        Kind = "ListenerSet",
        Plural = "listenersets",
        VersionLabel = "v1",
    };
}
