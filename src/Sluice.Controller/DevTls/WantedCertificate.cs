using Sluice.Resources;

namespace Sluice.Controller.DevTls;

/// <summary>What a certificate must be for that listeners name and nobody has made.</summary>
/// <param name="Secret">As the certificateRefs name it.</param>
/// <param name="Names">DNS names, sorted and without those that a wildcard among them covers.</param>
/// <param name="Addresses">IP addresses, sorted.</param>
/// <param name="Example">A URL that it serves, or null when none of the listeners serves HTTPS.</param>
internal sealed record WantedCertificate(NamespacedName Secret, IReadOnlyList<string> Names, IReadOnlyList<string> Addresses, ExampleUrl? Example)
{
    /// <summary>Whether a certificate for the other would do for this as well.</summary>
    public bool IsCoveredBy(WantedCertificate other) =>
        Names.All(name => CertificateNames.Covers(other.Names, name)) && Addresses.All(other.Addresses.Contains);
}
