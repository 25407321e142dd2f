using Sluice.Configuration;
using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// The certificates that listeners name, with the number of listeners that do, and what is known of them: kept while they are used.
/// </summary>
internal sealed class CertificateUses
{
    private readonly Dictionary<TlsCertificate, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TlsCertificate, CertificateFacts> _facts = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was found out; gets what is found out about a certificate that is used.</summary>
    public IDictionary<TlsCertificate, CertificateFacts> Facts => _facts;

    public void Use(IReadOnlyList<TlsCertificate> certificates)
    {
        foreach (var certificate in certificates)
            _uses[certificate] = _uses.GetValueOrDefault(certificate) + 1;
    }

    public void Drop(IReadOnlyList<TlsCertificate> certificates)
    {
        foreach (var certificate in certificates)
        {
            if (--_uses[certificate] > 0)
                continue;
            _uses.Remove(certificate);
            _facts.Remove(certificate);
        }
    }
}
