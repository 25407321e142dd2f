using Sluice.Resources.GatewayApi;

namespace Sluice.Exporter.Families;

internal static class BackendTlsPolicyFamilies
{
    public static StateKind Kind { get; } = new(
        "gatewayapi_backendtlspolicy",
        CommonFamilies.Labels(),
        CommonFamilies.Created(),
        CommonFamilies.Deleted(),
        new MetricFamily(
            "target_info",
            "Target references that the backendtlspolicy wants to be attached to",
            MetricValue.One,
            new SampleSource(
                "spec.targetRefs[]",
                new FamilyLabel("target_group", "spec.targetRefs[].group"),
                new FamilyLabel("target_kind", "spec.targetRefs[].kind"),
                new FamilyLabel("target_name", "spec.targetRefs[].name"),
                new FamilyLabel("target_namespace", "spec.targetRefs[].namespace"),
                new FamilyLabel("target_section_name", "spec.targetRefs[].sectionName")),
            // Before v1.1 of the Gateway API there was one.
            CommonFamilies.TargetRef),
        new MetricFamily(
            "status_ancestors_conditions",
            "status condition of the backendtlspolicy for an ancestor",
            MetricValue.Condition("status.ancestors[].conditions[].status"),
            new SampleSource(
                "status.ancestors[].conditions[]",
                [
                    new FamilyLabel("controller_name", "status.ancestors[].controllerName"),
                    .. CommonFamilies.Reference("ancestor", "status.ancestors[].ancestorRef"),
                    new FamilyLabel("type", "status.ancestors[].conditions[].type"),
                ])))
    {
        Group = GatewayApiGroup.Name,
        Kind = "BackendTLSPolicy",
        Plural = "backendtlspolicies",
        VersionLabel = "v1alpha2",
    };
}
