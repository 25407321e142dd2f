using Sluice.Controller.Addresses;
using Sluice.Controller.Files;
using Sluice.Controller.Standalone;

namespace Sluice.Controller.DevTls;

/// <summary>Puts certificates of <c>--dev-tls</c> in the place of Secrets that Gateways refer to and that do not exist.</summary>
internal sealed class DevTlsCompletion(DevCertificates certificates, StandaloneOptions options, GatewayAddressPool addresses)
{
    /// <summary>Those that stand in for missing Secrets now.</summary>
    public IReadOnlyList<DevCertificate> InUse => certificates.InUse;

    public SourceUpdate Complete(SourceUpdate update)
    {
        var wanted = new WantedCertificates(
            update.Snapshot,
            gateway => StandaloneTranslation.IsServed(gateway, update.Snapshot, options),
            gateway => addresses.Assign(gateway).Bind,
            options.PortOffset);
        return update with { Snapshot = certificates.Complete(update.Snapshot, wanted.Find()) };
    }
}
