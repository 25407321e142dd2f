using Sluice.Resources;
using Sluice.Translation.Changes;

namespace Sluice.Translation.Policies;

/// <summary>Which policies were compiled from what: a changed Secret concerns those alone that looked at it.</summary>
internal sealed class DependencyIndex
{
    private readonly Dictionary<PolicyDependency, HashSet<NamespacedName>> _users = [];

    public void Add(NamespacedName user, IEnumerable<PolicyDependency> dependencies)
    {
        foreach (var dependency in dependencies)
        {
            if (!_users.TryGetValue(dependency, out var users))
                _users.Add(dependency, users = []);
            users.Add(user);
        }
    }

    public void Remove(NamespacedName user, IEnumerable<PolicyDependency> dependencies)
    {
        foreach (var dependency in dependencies)
        {
            if (_users.TryGetValue(dependency, out var users) && users.Remove(user) && users.Count == 0)
                _users.Remove(dependency);
        }
    }

    /// <summary>Adds who looked at anything that changed.</summary>
    public void AddUsers(SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted, HashSet<NamespacedName> users)
    {
        if (_users.Count == 0)
            return;
        AddUsers("Secret", changes.Secrets, users);
        AddUsers("ConfigMap", changes.ConfigMaps, users);
        AddUsers("GatewayExtension", changes.GatewayExtensions, users);
        AddUsers("Service", changes.Services, users);
        AddUsers("Service", retargeted, users);
        AddUsers("Backend", changes.Backends, users);
        AddUsers("ReferenceGrant", changes.ReferenceGrants, users);
    }

    private void AddUsers(string kind, IReadOnlySet<NamespacedName> changed, HashSet<NamespacedName> users)
    {
        foreach (var name in changed)
        {
            if (_users.TryGetValue(new PolicyDependency(kind, name), out var some))
                users.UnionWith(some);
            if (_users.TryGetValue(PolicyDependency.All(kind, name.Namespace), out var all))
                users.UnionWith(all);
        }
    }
}
