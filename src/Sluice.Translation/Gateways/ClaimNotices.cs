using Sluice.Resources;

namespace Sluice.Translation.Gateways;

/// <summary>Standalone, says once per class name why its Gateways are served although nothing defines the class, or why they are not.</summary>
internal static class ClaimNotices
{
    public static IEnumerable<Notice> Of(ResourceSnapshot snapshot, TranslatorOptions options)
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
}
