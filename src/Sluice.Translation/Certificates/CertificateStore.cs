using System.Collections.Immutable;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Translation.Certificates;

/// <summary>
/// Reads each Secret once for as long as it stays the same instance: reading checks keys, which is dear. A Secret that changed
/// beside its certificate and key keeps its <see cref="TlsCertificate"/>, so that the data plane keeps what it built.
/// </summary>
internal sealed class CertificateStore
{
    private readonly Dictionary<NamespacedName, (Secret Secret, ReadCertificate Read)> _entries = [];
    private ImmutableSortedDictionary<string, CertificateValidity> _validities = ImmutableSortedDictionary.Create<string, CertificateValidity>(StringComparer.Ordinal);
    private IReadOnlyCollection<CertificateValidity>? _validityList;

    /// <summary>Number of Secrets read since the store was made: what memoization is measured by.</summary>
    public long Reads { get; private set; }

    public ReadCertificate Read(Secret secret)
    {
        var known = _entries.TryGetValue(secret.Key, out var entry);
        if (known && ReferenceEquals(entry.Secret, secret))
            return entry.Read;
        var read = known && SameContent(entry.Secret, secret) ? entry.Read : CertificateReader.Read(secret);
        Reads++;
        _entries[secret.Key] = (secret, read);
        if (!known || !ReferenceEquals(read, entry.Read))
            SetValidity(secret.Key, read);
        return read;
    }

    /// <summary>Lets go of a Secret that nobody refers to any more, or that is gone.</summary>
    public void Forget(NamespacedName secret)
    {
        if (_entries.Remove(secret))
            SetValidity(secret, null);
    }

    /// <summary>When the certificates that can be used are valid, in order of names; the same instance until one comes, changes or goes.</summary>
    public IReadOnlyCollection<CertificateValidity> Validities => _validityList ??= new ValidityList(_validities);

    private void SetValidity(NamespacedName secret, ReadCertificate? read)
    {
        var name = secret.ToString();
        _validities = read?.Certificate is { } certificate
            ? _validities.SetItem(name, new CertificateValidity(certificate.Name, read.NotBefore, read.NotAfter))
            : _validities.Remove(name);
        _validityList = null;
    }

    private static bool SameContent(Secret one, Secret other) =>
        Same(one, other, CertificateReader.CertificateKey)
        && Same(one, other, CertificateReader.PrivateKeyKey)
        && Same(one, other, CertificateReader.OcspKey);

    private static bool Same(Secret one, Secret other, string key) =>
        one.Data.TryGetValue(key, out var first) == other.Data.TryGetValue(key, out var second)
        && first.AsSpan().SequenceEqual(second);
}
