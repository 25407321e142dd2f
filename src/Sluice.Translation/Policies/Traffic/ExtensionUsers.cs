using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>Which routes name which TrafficPolicies in filters of type ExtensionRef, whether there are such policies or not.</summary>
internal sealed class ExtensionUsers
{
    private readonly Dictionary<NamespacedName, HashSet<(bool IsGrpc, NamespacedName Route)>> _users = [];

    public void Add(Layer7Route route, NamespacedName[] policies)
    {
        foreach (var policy in policies)
        {
            if (!_users.TryGetValue(policy, out var users))
                _users.Add(policy, users = []);
            users.Add((route is GrpcRoute, route.Key));
        }
    }

    public void Remove(Layer7Route route, NamespacedName[] policies)
    {
        foreach (var policy in policies)
        {
            if (_users.TryGetValue(policy, out var users) && users.Remove((route is GrpcRoute, route.Key)) && users.Count == 0)
                _users.Remove(policy);
        }
    }

    public IReadOnlyCollection<(bool IsGrpc, NamespacedName Route)> Of(NamespacedName policy) =>
        _users.TryGetValue(policy, out var users) ? users : [];
}
