using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.References;

/// <summary>
/// Answers whether an object may refer to another one across namespaces. ReferenceGrants live in the namespace of what is
/// referred to (GEP-709) and match group, kind, namespace and name exactly.
/// </summary>
internal sealed class GrantIndex
{
    private readonly Dictionary<string, List<ReferenceGrant>> _byNamespace = new(StringComparer.Ordinal);

    public GrantIndex(ImmutableDictionary<NamespacedName, ReferenceGrant> grants)
    {
        foreach (var (key, grant) in grants)
        {
            if (!_byNamespace.TryGetValue(key.Namespace, out var list))
                _byNamespace.Add(key.Namespace, list = []);
            list.Add(grant);
        }
    }

    /// <summary>References within a namespace need no grant.</summary>
    public bool Permits(string fromKind, string fromNamespace, string toGroup, string toKind, NamespacedName to, string fromGroup = GatewayApiGroup.Name)
    {
        if (fromNamespace == to.Namespace)
            return true;
        if (!_byNamespace.TryGetValue(to.Namespace, out var grants))
            return false;
        foreach (var grant in grants)
        {
            if (grant.From.Any(from => from.Group == fromGroup && from.Kind == fromKind && from.Namespace == fromNamespace)
                && grant.To.Any(target => target.Group == toGroup && target.Kind == toKind && (string.IsNullOrEmpty(target.Name) || target.Name == to.Name)))
                return true;
        }
        return false;
    }
}
