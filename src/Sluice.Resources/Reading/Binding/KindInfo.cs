using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>A kind that is read.</summary>
/// <param name="Group">API group, "" for the core group.</param>
/// <param name="Versions">Versions that mean the same, separated by spaces, the preferred one first.</param>
/// <param name="Kind">The kind as in manifests.</param>
/// <param name="IsNamespaced">False for cluster-scoped kinds.</param>
/// <param name="CheckName">The rule of metadata.name: one of <see cref="Names"/>.</param>
/// <param name="Bind">Reads everything but metadata; null, or an object of no use, when it reported an error.</param>
internal sealed record KindInfo(
    string Group,
    string Versions,
    string Kind,
    bool IsNamespaced,
    Func<string, string?> CheckName,
    Func<BindingContext, ObjectMeta, Node, KubernetesObject?> Bind)
{
    public bool HasVersion(ReadOnlySpan<char> version)
    {
        foreach (var range in Versions.AsSpan().Split(' '))
        {
            if (Versions.AsSpan(range).SequenceEqual(version))
                return true;
        }

        return false;
    }

    /// <summary>"v1" or "gateway.networking.k8s.io/v1".</summary>
    public string PreferredApiVersion
    {
        get
        {
            var end = Versions.IndexOf(' ', StringComparison.Ordinal);
            var version = end < 0 ? Versions : Versions[..end];
            return Group.Length == 0 ? version : $"{Group}/{version}";
        }
    }
}
