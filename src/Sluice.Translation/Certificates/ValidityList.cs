using System.Collections;
using System.Collections.Immutable;

namespace Sluice.Translation.Certificates;

/// <summary>The values of a persistent dictionary as a collection: thousands of certificates, of which one changes at a time, need no second list.</summary>
internal sealed class ValidityList(ImmutableSortedDictionary<string, CertificateValidity> validities) : IReadOnlyCollection<CertificateValidity>
{
    public int Count => validities.Count;

    public IEnumerator<CertificateValidity> GetEnumerator() => validities.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
