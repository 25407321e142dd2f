using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Controller.DevTls;

/// <summary>
/// The step between source and translation: Secrets that listeners name and that do not exist are put into the snapshot, with
/// certificates of the development authority. A Secret that exists is left alone, and one that comes later takes the place.
/// </summary>
internal sealed class DevCertificates(DevAuthority authority, TimeProvider clock)
{
    /// <summary>A certificate is issued anew this long before its end.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private Dictionary<NamespacedName, DevCertificate> _issued = [];
    private ImmutableDictionary<NamespacedName, Secret>? _found;
    private ImmutableDictionary<NamespacedName, Secret> _completed = ImmutableDictionary<NamespacedName, Secret>.Empty;

    /// <summary>Those that stand in for a missing Secret now, in order of names.</summary>
    public IReadOnlyList<DevCertificate> InUse { get; private set; } = [];

    /// <summary>When the first of them has to be issued anew; null while there are none.</summary>
    public DateTimeOffset? RenewalDue => InUse.Count == 0 ? null : InUse.Min(certificate => certificate.NotAfter) - RenewBefore;

    /// <summary>The snapshot with what was missing. Where that is the same as before, the same instances.</summary>
    public ResourceSnapshot Complete(ResourceSnapshot snapshot, IReadOnlyList<WantedCertificate> wanted)
    {
        var now = clock.GetUtcNow();
        var issued = wanted.ToDictionary(certificate => certificate.Secret, certificate => Keep(certificate, now) ?? authority.Issue(certificate, now));
        var same = issued.Count == _issued.Count && issued.All(entry => _issued.GetValueOrDefault(entry.Key) == entry.Value);
        if (!same || !ReferenceEquals(_found, snapshot.Secrets))
        {
            _completed = snapshot.Secrets.SetItems(issued.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Secret)));
            _found = snapshot.Secrets;
        }
        if (!same)
        {
            _issued = issued;
            InUse = [.. issued.Values.OrderBy(certificate => certificate.For.Secret.ToString(), StringComparer.Ordinal)];
        }
        return snapshot with { Secrets = _completed };
    }

    private DevCertificate? Keep(WantedCertificate wanted, DateTimeOffset now) =>
        _issued.GetValueOrDefault(wanted.Secret) is { } kept && wanted.IsCoveredBy(kept.For) && kept.NotAfter - RenewBefore > now ? kept : null;
}
