namespace Sluice.Translation.Support;

internal static class GatewayClassFields
{
    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .Supported("spec", "controllerName", "`sluice.dev/gateway-controller`, and those of `--controller-name`.")
        .Supported("spec", "description")
        .Supported("spec.parametersRef", "group kind name namespace", "[`GatewayParameters`](gateway-parameters.md) of `gateway.kgateway.dev`; others, and in a cluster missing ones, are Accepted=False with reason InvalidParameters.")
        .Conditions("status.conditions[]")
        .Supported("status.supportedFeatures[]", "name", "The features below.")
        .Fields;
}
