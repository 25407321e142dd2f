using Sluice.Resources;

namespace Sluice.Translation.Gateways;

/// <summary>What is to be said of classes, parameters and listeners beside conditions.</summary>
internal static class GatewayNotices
{
    public static IEnumerable<Notice> Of(ResourceSnapshot snapshot, TranslatorOptions options, IReadOnlyList<GatewayState> gateways) =>
        Claims(snapshot, options).Concat(Parameters(snapshot, options, gateways)).Concat(gateways.SelectMany(Remarks));

    private static IEnumerable<Notice> Remarks(GatewayState gateway) =>
        gateway.Own.Notices().Concat(gateway.RemarkableSets.SelectMany(set => set.Notices()));

    // Standalone, once per class name: why its Gateways are served although nothing defines the class, or why they are not.
    private static IEnumerable<Notice> Claims(ResourceSnapshot snapshot, TranslatorOptions options)
    {
        if (!options.ClaimUnknownClasses)
            yield break;
        foreach (var name in snapshot.Gateways.Values.Select(gateway => gateway.GatewayClassName).Distinct().Order(StringComparer.Ordinal))
        {
            if (!snapshot.GatewayClasses.TryGetValue(new NamespacedName("", name), out var gatewayClass))
                yield return new Notice($"GatewayClass {name}", null, "is not among the manifests: its Gateways are served all the same", IsWarning: false);
            else if (!options.ControllerNames.Contains(gatewayClass.ControllerName))
                yield return new Notice($"GatewayClass {name}", gatewayClass.Source, $"belongs to controller {gatewayClass.ControllerName}: its Gateways are not served; to serve them too, give --controller-name {gatewayClass.ControllerName}", IsWarning: true);
        }
    }

    // Without a cluster parameters change nothing, so that missing ones are no reason to refuse what they are for.
    private static IEnumerable<Notice> Parameters(ResourceSnapshot snapshot, TranslatorOptions options, IEnumerable<GatewayState> gateways)
    {
        if (options.RequireParameters)
            yield break;
        var judge = new ParametersJudge(options, snapshot);
        foreach (var gatewayClass in snapshot.GatewayClasses.Values.OrderBy(one => one.Metadata.Name, StringComparer.Ordinal))
        {
            if (options.ControllerNames.Contains(gatewayClass.ControllerName) && judge.Missing(gatewayClass.ParametersRef, "") is { } missing)
                yield return new Notice($"GatewayClass {gatewayClass.Metadata.Name}", gatewayClass.Source, $"spec.parametersRef: {missing}; the defaults hold", IsWarning: true);
        }
        foreach (var state in gateways)
        {
            var gateway = state.Evaluation.Gateway;
            if (judge.Missing(gateway.Infrastructure?.ParametersRef, gateway.Metadata.Namespace) is { } missing)
                yield return new Notice($"Gateway {gateway.Key}", gateway.Source, $"spec.infrastructure.parametersRef: {missing}; the defaults hold", IsWarning: true);
        }
    }
}
