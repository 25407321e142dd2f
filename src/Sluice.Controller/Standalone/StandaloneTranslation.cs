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
        Addresses = addresses,
    });

    public static IReadOnlyList<string> ControllerNames(StandaloneOptions options) => [TranslatorOptions.DefaultControllerName, .. options.ControllerNames];
}
