using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;
using Sluice.Translation.Support;

namespace Sluice.Translation.Gateways;

/// <summary>Accepted and supportedFeatures of our GatewayClasses.</summary>
internal static class GatewayClassJudge
{
    /// <summary>GatewayParameters of kgateway are known: what they say of Deployments means nothing to a proxy that has none.</summary>
    public static bool Knows(ParametersReference? reference) =>
        reference is null || (reference.Group == GatewayApiGroup.Kgateway && reference.Kind == "GatewayParameters");

    public static GatewayClassStatus Judge(GatewayClass gatewayClass)
    {
        var generation = gatewayClass.Metadata.Generation;
        var accepted = Knows(gatewayClass.ParametersRef)
            ? new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation)
            : new Condition(ConditionType.Accepted, false, Reason.InvalidParameters, ParametersMessage(gatewayClass.ParametersRef!), generation);
        return new GatewayClassStatus([accepted], SupportTable.SupportedFeatures);
    }

    public static string ParametersMessage(ParametersReference reference) =>
        $"parametersRef names {Describe(reference.Group, reference.Kind)} \"{reference.Name}\", which is not known here; known is GatewayParameters of {GatewayApiGroup.Kgateway}";

    private static string Describe(string group, string kind) => group.Length == 0 ? kind : $"{kind}.{group}";
}
