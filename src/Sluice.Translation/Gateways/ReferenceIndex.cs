using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Gateways;

/// <summary>Which Gateways and ListenerSets refer to which Secrets and ConfigMaps, so that a changed one concerns these alone.</summary>
internal sealed class ReferenceIndex
{
    private readonly Dictionary<ParentKey, (string Kind, NamespacedName Name)[]> _references = [];
    private readonly Dictionary<(string Kind, NamespacedName Name), HashSet<ParentKey>> _users = [];
    private readonly HashSet<(string Kind, NamespacedName Name)> _abandoned = [];

    public void Set(Gateway gateway)
    {
        var references = OfListeners(gateway, gateway.Listeners);
        if (gateway.Tls?.ClientCertificateRef is { } certificate)
            references.Add(("Secret", new NamespacedName(certificate.Namespace ?? gateway.Metadata.Namespace, certificate.Name)));
        if (gateway.Tls?.Frontend is { } frontend)
        {
            foreach (var validation in frontend.PerPort.Values.Append(frontend.Default))
            {
                foreach (var reference in validation?.CaCertificateRefs ?? [])
                    references.Add((reference.Kind, new NamespacedName(reference.Namespace ?? gateway.Metadata.Namespace, reference.Name)));
            }
        }
        Set(ParentKey.Of(gateway), references);
    }

    public void Set(ListenerSet set) => Set(ParentKey.Of(set), OfListeners(set, set.Listeners));

    public void Remove(ParentKey owner) => Set(owner, []);

    /// <summary>What has lost its last user since the last call.</summary>
    public IReadOnlyList<NamespacedName> TakeAbandoned(string kind)
    {
        var abandoned = _abandoned.Where(reference => reference.Kind == kind && !_users.ContainsKey(reference)).Select(reference => reference.Name).ToList();
        _abandoned.Clear();
        return abandoned;
    }

    /// <summary>Adds who refers to any of the objects.</summary>
    public void AddUsers(string kind, IReadOnlySet<NamespacedName> names, HashSet<ParentKey> owners)
    {
        foreach (var name in names)
        {
            if (_users.TryGetValue((kind, name), out var users))
                owners.UnionWith(users);
        }
    }

    /// <summary>Adds who refers from another namespace to an object in one of these.</summary>
    public void AddGuests(IReadOnlySet<string> namespaces, HashSet<ParentKey> owners)
    {
        foreach (var (owner, references) in _references)
        {
            if (Array.Exists(references, reference => reference.Name.Namespace != owner.Name.Namespace && namespaces.Contains(reference.Name.Namespace)))
                owners.Add(owner);
        }
    }

    private static List<(string Kind, NamespacedName Name)> OfListeners(KubernetesObject owner, IReadOnlyList<GatewayListener> listeners)
    {
        var references = new List<(string Kind, NamespacedName Name)>();
        foreach (var listener in listeners)
        {
            foreach (var reference in listener.Tls?.CertificateRefs ?? [])
                references.Add((reference.Kind, new NamespacedName(reference.Namespace ?? owner.Metadata.Namespace, reference.Name)));
        }
        return references;
    }

    private void Set(ParentKey owner, List<(string Kind, NamespacedName Name)> references)
    {
        if (_references.Remove(owner, out var old))
        {
            foreach (var reference in old)
            {
                if (_users.TryGetValue(reference, out var users) && users.Remove(owner) && users.Count == 0)
                {
                    _users.Remove(reference);
                    _abandoned.Add(reference);
                }
            }
        }
        if (references.Count == 0)
            return;
        _references.Add(owner, [.. references]);
        foreach (var reference in references)
        {
            if (!_users.TryGetValue(reference, out var users))
                _users.Add(reference, users = []);
            users.Add(owner);
        }
    }
}
