using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;

namespace Sluice.Controller.Clustered;

/// <summary>Which Secrets and ConfigMaps an object refers to: only these are kept of all that a cluster has.</summary>
internal static class ReferencedObjects
{
    public const string Secret = "Secret";

    public const string ConfigMap = "ConfigMap";

    /// <param name="value">Kinds other than Gateway, ListenerSet, BackendTLSPolicy and the policies refer to none.</param>
    public static IReadOnlyList<(string Kind, NamespacedName Key)> Of(KubernetesObject value)
    {
        var references = new HashSet<(string Kind, NamespacedName Key)>();
        switch (value)
        {
            case Gateway gateway:
                AddListeners(gateway.Listeners);
                if (gateway.Tls?.ClientCertificateRef is { } certificate)
                    Add(certificate.Group, certificate.Kind, certificate.Namespace, certificate.Name);
                AddFrontend(gateway.Tls?.Frontend);
                break;
            case ListenerSet set:
                AddListeners(set.Listeners);
                break;
            case BackendTlsPolicy policy:
                foreach (var reference in policy.Validation.CaCertificateRefs)
                    Add(reference.Group, reference.Kind, null, reference.Name);
                break;
            case PolicyObject policy:
                references.UnionWith(PolicyDependencies.Of(policy).Where(reference => reference.Kind is Secret or ConfigMap));
                break;
        }
        return [.. references];

        void AddListeners(IReadOnlyList<GatewayListener> listeners)
        {
            foreach (var reference in listeners.SelectMany(listener => listener.Tls?.CertificateRefs ?? []))
                Add(reference.Group, reference.Kind, reference.Namespace, reference.Name);
        }

        void AddFrontend(FrontendTls? frontend)
        {
            if (frontend is null)
                return;
            foreach (var reference in frontend.PerPort.Values.Append(frontend.Default).SelectMany(validation => validation?.CaCertificateRefs ?? []))
                Add(reference.Group, reference.Kind, reference.Namespace, reference.Name);
        }

        void Add(string group, string kind, string? ns, string name)
        {
            if (group.Length == 0 && kind is Secret or ConfigMap)
                references.Add((kind, new NamespacedName(ns ?? value.Metadata.Namespace, name)));
        }
    }
}
