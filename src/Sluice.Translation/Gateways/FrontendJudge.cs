using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Certificates;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>
/// Resolves Gateway.spec.tls.frontend (GEP-91). A reference that does not resolve makes ResolvedRefs False on the listeners that
/// it is for; when none resolves, they are not accepted, so that nobody gets in unchecked.
/// </summary>
internal sealed class FrontendJudge(ResourceSnapshot snapshot, GrantIndex grants, CaStore store)
{
    public FrontendVerdicts Judge(Gateway gateway)
    {
        if (gateway.Tls?.Frontend is not { } frontend)
            return FrontendVerdicts.None;
        var ports = new Dictionary<int, FrontendVerdict>();
        foreach (var (port, validation) in frontend.PerPort)
            ports.Add(port, Judge(gateway, validation, $"spec.tls.frontend.perPort[{Index(frontend, port)}].tls"));
        return new FrontendVerdicts(Judge(gateway, frontend.Default, "spec.tls.frontend.default"), ports);
    }

    private FrontendVerdict Judge(Gateway gateway, FrontendValidation? validation, string field)
    {
        if (validation is null)
            return FrontendVerdict.None;
        Finding? unresolved = null;
        var authorities = new List<string>();
        for (var i = 0; i < validation.CaCertificateRefs.Count; i++)
        {
            var pem = Resolve(gateway, validation.CaCertificateRefs[i], out var problem);
            if (problem is null)
                authorities.Add(pem);
            else
                unresolved = Finding.Join(unresolved, problem with { Message = $"{field}.validation.caCertificateRefs[{i}]: {problem.Message}" });
        }
        if (authorities.Count == 0)
            return new FrontendVerdict(null, unresolved, new Finding(Reason.NoValidCACertificate, $"{field}.validation.caCertificateRefs: none resolves, so that no client could be validated"));
        return new FrontendVerdict(
            new ClientValidation
            {
                Mode = validation.AllowsInsecureFallback ? ClientValidationMode.AllowInsecureFallback : ClientValidationMode.AllowValidOnly,
                CaCertificates = authorities,
            },
            unresolved,
            null);
    }

    private string Resolve(Gateway gateway, ObjectReference reference, out Finding? problem)
    {
        if (reference.Group.Length != 0 || reference.Kind is not ("ConfigMap" or "Secret"))
        {
            problem = new Finding(Reason.InvalidCACertificateKind, $"group \"{reference.Group}\" kind \"{reference.Kind}\" is not supported; use a core ConfigMap or Secret with {CaReader.Key}");
            return "";
        }
        var name = new NamespacedName(reference.Namespace ?? gateway.Metadata.Namespace, reference.Name);
        if (!grants.Permits(gateway.Kind, gateway.Metadata.Namespace, "", reference.Kind, name))
        {
            problem = new Finding(Reason.RefNotPermitted, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets a Gateway of namespace \"{gateway.Metadata.Namespace}\" use {reference.Kind} \"{name.Name}\"");
            return "";
        }
        KubernetesObject? source = reference.Kind == "ConfigMap" ? snapshot.ConfigMaps.GetValueOrDefault(name) : snapshot.Secrets.GetValueOrDefault(name);
        if (source is null)
        {
            problem = new Finding(Reason.InvalidCACertificateRef, $"{reference.Kind} \"{name}\" does not exist");
            return "";
        }
        var pem = store.Read(source, out var bad);
        problem = bad is null ? null : new Finding(Reason.InvalidCACertificateRef, $"{reference.Kind} \"{name}\" {bad}");
        return pem;
    }

    private static int Index(FrontendTls frontend, int port) => frontend.PerPort.Keys.ToList().IndexOf(port);
}
