using System.Security.Cryptography;
using System.Text;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>Resolves the certificateRefs of a listener that terminates TLS (ListenerTLSConfig.certificateRefs).</summary>
internal static class CertificateJudge
{
    /// <summary>The first fault found, or null when every reference resolves.</summary>
    public static Finding? Judge(Gateway gateway, GatewayListener listener, ResourceSnapshot snapshot, GrantIndex grants)
    {
        if (listener.Tls is null || (listener.Tls.CertificateRefs.Count == 0 && listener.Tls.Options.Count == 0))
            return new Finding(Reason.InvalidCertificateRef, "tls.certificateRefs is empty; name a Secret of type kubernetes.io/tls");
        for (var i = 0; i < listener.Tls.CertificateRefs.Count; i++)
        {
            var finding = Judge(gateway, listener.Tls.CertificateRefs[i], snapshot, grants);
            if (finding is not null)
                return finding with { Message = $"tls.certificateRefs[{i}]: {finding.Message}" };
        }
        return null;
    }

    private static Finding? Judge(Gateway gateway, SecretObjectReference reference, ResourceSnapshot snapshot, GrantIndex grants)
    {
        if (reference.Group.Length != 0 || reference.Kind != "Secret")
            return new Finding(Reason.InvalidCertificateRef, $"group \"{reference.Group}\" kind \"{reference.Kind}\" is not supported; use a core Secret");

        // Permission before existence: a missing grant must not tell whether the Secret is there.
        var name = new NamespacedName(reference.Namespace ?? gateway.Metadata.Namespace, reference.Name);
        if (!grants.Permits("Gateway", gateway.Metadata.Namespace, "", "Secret", name))
            return new Finding(Reason.RefNotPermitted, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets a Gateway of namespace \"{gateway.Metadata.Namespace}\" use Secret \"{name.Name}\"");
        if (!snapshot.Secrets.TryGetValue(name, out var secret))
            return new Finding(Reason.InvalidCertificateRef, $"Secret \"{name}\" does not exist");
        if (!HasPem(secret, "tls.crt", "CERTIFICATE"))
            return new Finding(Reason.InvalidCertificateRef, $"Secret \"{name}\" holds no PEM certificate in tls.crt");
        if (!HasPem(secret, "tls.key", "PRIVATE KEY"))
            return new Finding(Reason.InvalidCertificateRef, $"Secret \"{name}\" holds no PEM private key in tls.key");
        return null;
    }

    private static bool HasPem(Secret secret, string key, string labelEnd)
    {
        if (!secret.Data.TryGetValue(key, out var bytes))
            return false;
        var text = Encoding.UTF8.GetString(bytes);
        return PemEncoding.TryFind(text, out var fields) && text.AsSpan()[fields.Label].EndsWith(labelEnd, StringComparison.Ordinal);
    }
}
