using System.Text;
using Sluice.Resources;

namespace Sluice.Kubernetes.Client;

/// <summary>A kind as the API server serves it.</summary>
/// <param name="Group">API group, "" for the core group.</param>
/// <param name="Version">The version that is asked for: "v1".</param>
/// <param name="Plural">The name in paths: "gateways".</param>
/// <param name="Kind">The kind as in manifests: "Gateway".</param>
/// <param name="IsNamespaced">False for cluster-scoped kinds.</param>
public sealed record ApiResource(string Group, string Version, string Plural, string Kind, bool IsNamespaced)
{
    /// <summary>"v1" or "gateway.networking.k8s.io/v1".</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>"gateways.gateway.networking.k8s.io", as kubectl and RBAC messages write it.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The path of the group and version, which answers with the resources that are installed.</summary>
    internal string GroupPath => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    /// <param name="ns">Null or "" for all namespaces, or for a cluster-scoped kind.</param>
    internal string CollectionPath(string? ns)
    {
        if (string.IsNullOrEmpty(ns))
            return $"{GroupPath}/{Plural}";
        return IsNamespaced
            ? $"{GroupPath}/namespaces/{Segment(ns)}/{Plural}"
            : throw new ArgumentException($"{Kind} is cluster-scoped, but the namespace {ns} was given.", nameof(ns));
    }

    internal string ObjectPath(NamespacedName name, string? subresource)
    {
        if (IsNamespaced && name.Namespace.Length == 0)
            throw new ArgumentException($"{Kind} is namespaced, but {name.Name} was given without a namespace.", nameof(name));
        var path = new StringBuilder(CollectionPath(name.Namespace)).Append('/').Append(Segment(name.Name));
        return subresource is null ? path.ToString() : path.Append('/').Append(subresource).ToString();
    }

    private static string Segment(string text) => text is "" or "." or ".."
        ? throw new ArgumentException($"\"{text}\" is no name of an object.", nameof(text))
        : Uri.EscapeDataString(text);
}
