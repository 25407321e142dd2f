using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;
using Sluice.Translation.Support;

namespace Sluice.Translation.Gateways;

/// <summary>Accepted and supportedFeatures of our GatewayClasses.</summary>
internal static class GatewayClassJudge
{
    public static GatewayClassStatus Judge(GatewayClass gatewayClass, ParametersJudge parameters)
    {
        var generation = gatewayClass.Metadata.Generation;
        var accepted = parameters.Refuse(gatewayClass) is { } refused
            ? new Condition(ConditionType.Accepted, false, Reason.InvalidParameters, refused, generation)
            : new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation);
        return new GatewayClassStatus([accepted], SupportTable.SupportedFeatures);
    }
}
