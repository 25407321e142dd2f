using Sluice.Resources;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>Whom changed policies reach: routes by name, and all routes of these Gateways and ListenerSets.</summary>
internal sealed class PolicyChanges
{
    public HashSet<ParentKey> Parents { get; } = [];

    public HashSet<NamespacedName> HttpRoutes { get; } = [];

    public HashSet<NamespacedName> GrpcRoutes { get; } = [];

    /// <summary>What reaches a Gateway reaches its ListenerSets.</summary>
    public void AddSets(GatewayBook gateways)
    {
        foreach (var parent in Parents.Where(parent => !parent.IsSet).ToList())
        {
            if (gateways.Find(parent) is { } owner)
                Parents.UnionWith(owner.Gateway.Sets.Select(set => set.Key));
        }
    }

    public void Add(string kind, NamespacedName name)
    {
        switch (kind)
        {
            case "HTTPRoute":
                HttpRoutes.Add(name);
                break;
            case "GRPCRoute":
                GrpcRoutes.Add(name);
                break;
            case "Gateway":
                Parents.Add(new ParentKey(false, name));
                break;
            case "ListenerSet":
                Parents.Add(new ParentKey(true, name));
                break;
        }
    }
}
