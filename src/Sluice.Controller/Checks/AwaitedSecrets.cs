using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>
/// Secrets that cert-manager writes: manifests name them and never have them. cert-manager acts on Gateways and ListenerSets
/// with one of its annotations.
/// </summary>
internal static class AwaitedSecrets
{
    private static readonly string[] Annotations = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer"];

    /// <summary>Whether a certificate of this listener is still to be written.</summary>
    public static bool Has(KubernetesObject owner, GatewayListener listener, ResourceSnapshot snapshot) =>
        listener.Tls is not null
        && Annotations.Any(owner.Metadata.Annotations.ContainsKey)
        && listener.Tls.CertificateRefs.Any(reference => reference is { Group: "", Kind: "Secret" }
            && !snapshot.Secrets.ContainsKey(new NamespacedName(reference.Namespace ?? owner.Metadata.Namespace, reference.Name)));
}
