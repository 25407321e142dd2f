using System.Globalization;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Certificates;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>
/// Resolves references to Secrets with a certificate and its key (ListenerTLSConfig.certificateRefs). A bad one leaves the others
/// alone. One whose time is over, or has not come, is used all the same: some clients do not look, and nothing better is there.
/// </summary>
/// <param name="snapshot">Where Secrets are.</param>
/// <param name="grants">For Secrets of other namespaces.</param>
/// <param name="store">What is known of Secrets already.</param>
/// <param name="now">Null: times are not looked at.</param>
internal sealed class CertificateJudge(ResourceSnapshot snapshot, GrantIndex grants, CertificateStore store, DateTimeOffset? now)
{
    private const string Field = "tls.certificateRefs";
    private static readonly DateTimeOffset LastSecond = DateTimeOffset.MaxValue.AddSeconds(-1);

    /// <param name="owner">The Gateway or ListenerSet whose grants count.</param>
    /// <param name="references">Of one of its listeners.</param>
    public CertificateVerdict Judge(KubernetesObject owner, IReadOnlyList<SecretObjectReference> references)
    {
        if (references.Count == 0)
            return new CertificateVerdict([], [], new Finding(Reason.InvalidCertificateRef, $"{Field} is empty; name a Secret of type kubernetes.io/tls"), [], null);
        var certificates = new List<TlsCertificate>(references.Count);
        var names = new List<string>();
        Finding? unresolved = null;
        List<Remark>? remarks = null;
        DateTimeOffset? changesAt = null;
        for (var i = 0; i < references.Count; i++)
        {
            var read = Resolve(owner, references[i], $"{Field}[{i}]", out var problem);
            unresolved = Finding.Join(unresolved, problem);
            if (read?.CertificateAt(now) is not { } certificate || certificates.Contains(certificate, ReferenceEqualityComparer.Instance))
                continue;
            certificates.Add(certificate);
            names.AddRange(read.DnsNames);
            foreach (var remark in Remarks(read, $"{Field}[{i}]"))
                (remarks ??= []).Add(remark);
            changesAt = Earlier(changesAt, Next(read));
        }
        return new CertificateVerdict(certificates, names, unresolved, remarks ?? (IReadOnlyList<Remark>)[], changesAt);
    }

    /// <summary>What a reference leads to; null with a problem of a reason for listeners.</summary>
    public ReadCertificate? Resolve(KubernetesObject owner, SecretObjectReference reference, string field, out Finding? problem)
    {
        if (reference.Group.Length != 0 || reference.Kind != "Secret")
            return Bad(Reason.InvalidCertificateRef, field, $"group \"{reference.Group}\" kind \"{reference.Kind}\" is not supported; use a core Secret", out problem);

        // Permission before existence: a missing grant must not tell whether the Secret is there.
        var name = new NamespacedName(reference.Namespace ?? owner.Metadata.Namespace, reference.Name);
        if (!grants.Permits(owner.Kind, owner.Metadata.Namespace, "", "Secret", name))
            return Bad(Reason.RefNotPermitted, field, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets a {owner.Kind} of namespace \"{owner.Metadata.Namespace}\" use Secret \"{name.Name}\"", out problem);
        if (!snapshot.Secrets.TryGetValue(name, out var secret))
            return Bad(Reason.InvalidCertificateRef, field, $"Secret \"{name}\" does not exist", out problem);
        var read = store.Read(secret);
        if (read.Problem is not null)
            return Bad(Reason.InvalidCertificateRef, field, $"Secret \"{name}\" {read.Problem}", out problem);
        problem = null;
        return read;
    }

    public IEnumerable<Remark> Remarks(ReadCertificate read, string field)
    {
        var secret = $"{field}: the certificate of Secret \"{read.Certificate!.Name}\"";
        if (now is { } time && time > read.NotAfter)
            yield return new Remark(ConditionType.ResolvedRefs, $"{secret} expired on {Text(read.NotAfter)} and is used all the same; renew it", IsWarning: true);
        else if (now < read.NotBefore)
            yield return new Remark(ConditionType.ResolvedRefs, $"{secret} is not valid before {Text(read.NotBefore)} and is used all the same; clients will refuse it until then", IsWarning: true);
        if (read.Remark is not null)
            yield return new Remark(null, $"{field}: Secret \"{read.Certificate.Name}\" {read.Remark}", IsWarning: true);
        if (now >= read.Staple?.Until)
            yield return new Remark(ConditionType.ResolvedRefs, $"{field}: the OCSP response of Secret \"{read.Certificate.Name}\" ended on {Text(read.Staple.Until.Value)} and is not stapled any more; renew it", IsWarning: true);
        else if (now < read.Staple?.From)
            yield return new Remark(ConditionType.ResolvedRefs, $"{field}: the OCSP response of Secret \"{read.Certificate.Name}\" is not valid before {Text(read.Staple.From)} and is not stapled until then", IsWarning: true);
    }

    /// <summary>When what is served of a certificate, or the remarks on it, change next.</summary>
    public DateTimeOffset? Next(ReadCertificate read)
    {
        // A certificate is valid up to and including its last second, and the last second of all stands for no end (RFC 5280 4.1.2.5).
        DateTimeOffset? end = read.NotAfter < LastSecond ? read.NotAfter.AddSeconds(1) : null;
        DateTimeOffset? next = null;
        foreach (var change in (ReadOnlySpan<DateTimeOffset?>)[read.NotBefore, end, read.Staple?.From, read.Staple?.Until])
        {
            if (change > now)
                next = Earlier(next, change);
        }
        return next;
    }

    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static ReadCertificate? Bad(string reason, string field, string message, out Finding? problem)
    {
        problem = new Finding(reason, $"{field}: {message}");
        return null;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
