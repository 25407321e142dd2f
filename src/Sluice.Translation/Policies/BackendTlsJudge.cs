using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Certificates;
using Sluice.Translation.Statuses;
using SubjectAltName = Sluice.Configuration.SubjectAltName;

namespace Sluice.Translation.Policies;

/// <summary>
/// Evaluates spec.validation of a BackendTLSPolicy. Authorities that resolve are trusted even when others do not: connections
/// that need one of the others fail. Without any the policy cannot be followed.
/// </summary>
internal static class BackendTlsJudge
{
    /// <summary>The ConfigMaps and Secrets that the policy names, which its verdict holds for.</summary>
    public static KubernetesObject?[] Authorities(BackendTlsPolicy policy, ResourceSnapshot snapshot)
    {
        var references = policy.Validation.CaCertificateRefs;
        var authorities = new KubernetesObject?[references.Count];
        for (var i = 0; i < authorities.Length; i++)
        {
            var name = new NamespacedName(policy.Metadata.Namespace, references[i].Name);
            authorities[i] = references[i] switch
            {
                { Group: "", Kind: "ConfigMap" } => snapshot.ConfigMaps.GetValueOrDefault(name),
                { Group: "", Kind: "Secret" } => snapshot.Secrets.GetValueOrDefault(name),
                _ => null,
            };
        }
        return authorities;
    }

    public static BackendTlsVerdict Judge(BackendTlsPolicy policy, KubernetesObject?[] authorities)
    {
        if (policy.Validation.WellKnownCaCertificates is { } wellKnown)
        {
            return wellKnown == "System"
                ? new BackendTlsVerdict(policy, authorities, Settings(policy.Validation, [], trustSystem: true), null, null)
                : new BackendTlsVerdict(policy, authorities, null, new Finding(Reason.Invalid, $"validation.wellKnownCACertificates: \"{wellKnown}\" is not known; use System, or caCertificateRefs"), null);
        }

        var certificates = new List<string>();
        List<Finding>? faults = null;
        for (var i = 0; i < authorities.Length; i++)
        {
            if (Read(policy, policy.Validation.CaCertificateRefs[i], authorities[i], out var fault) is { } pem)
                certificates.Add(pem);
            else
                (faults ??= []).Add(fault! with { Message = $"validation.caCertificateRefs[{i}]: {fault.Message}" });
        }
        var unresolved = faults is null ? null : new Finding(faults[0].Reason, string.Join("; ", faults.Select(fault => fault.Message)));
        return certificates.Count == 0
            ? new BackendTlsVerdict(policy, authorities, null, new Finding(Reason.NoValidCACertificate, "validation.caCertificateRefs: none gives a CA certificate, so that nothing is sent to the backends, and requests for them are answered with 500"), unresolved)
            : new BackendTlsVerdict(policy, authorities, Settings(policy.Validation, certificates.ToArray(), trustSystem: false), null, unresolved);
    }

    private static UpstreamTls Settings(BackendTlsPolicyValidation validation, string[] certificates, bool trustSystem) => new()
    {
        Hostname = validation.Hostname,
        SubjectAltNames = validation.SubjectAltNames.Count == 0
            ? []
            : [.. validation.SubjectAltNames.Select(name => new SubjectAltName(name.Type == "URI" ? SubjectAltNameType.Uri : SubjectAltNameType.Hostname, name.Value))],
        CaCertificates = certificates,
        TrustSystem = trustSystem,
    };

    private static string? Read(BackendTlsPolicy policy, LocalObjectReference reference, KubernetesObject? authority, out Finding? fault)
    {
        fault = null;
        if (reference is not { Group: "", Kind: "ConfigMap" or "Secret" })
        {
            fault = new Finding(Reason.InvalidKind, $"group \"{reference.Group}\" kind \"{reference.Kind}\" is not supported; use a core ConfigMap or Secret");
            return null;
        }
        var name = new NamespacedName(policy.Metadata.Namespace, reference.Name);
        if (authority is null)
        {
            fault = new Finding(Reason.InvalidCACertificateRef, $"{reference.Kind} \"{name}\" does not exist");
            return null;
        }
        var pem = CaReader.Read(authority, out var problem);
        if (problem is null)
            return pem;
        fault = new Finding(Reason.InvalidCACertificateRef, $"{reference.Kind} \"{name}\" {problem}");
        return null;
    }
}
