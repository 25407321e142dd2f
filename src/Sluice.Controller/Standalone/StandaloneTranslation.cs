using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Standalone;

/// <summary>What standalone options mean to the translator.</summary>
internal static class StandaloneTranslation
{
    public static Translator Translator(StandaloneOptions options, IGatewayAddresses addresses) => new(new TranslatorOptions
    {
        ControllerNames = ControllerNames(options),
        ClaimUnknownClasses = true,
        PortOffset = options.PortOffset,
        TrustedHops = options.TrustedHops,
        Telemetry = options.Telemetry,
        Addresses = addresses,
    });

    public static IReadOnlyList<string> ControllerNames(StandaloneOptions options) => [TranslatorOptions.DefaultControllerName, .. options.ControllerNames];

    /// <summary>As the translator decides it: classes of our controllers, and those that are not among the manifests.</summary>
    public static bool IsServed(Gateway gateway, ResourceSnapshot snapshot, StandaloneOptions options) =>
        !snapshot.GatewayClasses.TryGetValue(new NamespacedName("", gateway.GatewayClassName), out var gatewayClass)
        || ControllerNames(options).Contains(gatewayClass.ControllerName);
}
