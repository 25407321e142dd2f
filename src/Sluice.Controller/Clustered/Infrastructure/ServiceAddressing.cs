using System.Text.Json.Nodes;
using Sluice.Controller.Addresses;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>
/// Gateways have the addresses of their Services; their proxies bind every address of their pods. Those that are managed by others
/// have the addresses that the Gateway names.
/// </summary>
/// <param name="owned">Has the Services.</param>
/// <param name="nodes">Addresses of nodes, for Services of the type NodePort.</param>
internal sealed class ServiceAddressing(OwnedObjects owned, Func<IReadOnlyList<GatewayAddress>> nodes) : IPreparedAddresses
{
    /// <summary>Replaced by the proxies with what they are told to bind.</summary>
    private static readonly string[] Everywhere = ["0.0.0.0"];

    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, string> _problems = [];
    private ResourceSnapshot _snapshot = ResourceSnapshot.Empty;
    private long _version;

    public long Version => Interlocked.Read(ref _version);

    /// <summary>Services, or addresses of nodes, have changed.</summary>
    public void Touch() => Interlocked.Increment(ref _version);

    /// <summary>What keeps a Gateway from its addresses; null for nothing. True when that is news.</summary>
    public bool SetProblem(NamespacedName gateway, string? problem)
    {
        lock (_lock)
        {
            if (_problems.GetValueOrDefault(gateway) == problem)
                return false;
            if (problem is null)
                _problems.Remove(gateway);
            else
                _problems[gateway] = problem;
        }
        Touch();
        return true;
    }

    public void Prepare(ResourceSnapshot snapshot) => _snapshot = snapshot;

    public GatewayAddressing Assign(Gateway gateway)
    {
        if (IsManagedByOthers(gateway))
            return new GatewayAddressing(Everywhere, [.. gateway.Addresses.Where(address => !string.IsNullOrEmpty(address.Value))]);
        IReadOnlyList<GatewayAddress> assigned = Service(gateway) is { } service ? ServiceAddresses.Of(service, nodes()) : [];
        return new GatewayAddressing(Everywhere, assigned, Problem(gateway, assigned));
    }

    private string? Problem(Gateway gateway, IReadOnlyList<GatewayAddress> assigned)
    {
        lock (_lock)
        {
            if (_problems.TryGetValue(gateway.Key, out var problem))
                return problem;
        }
        if (assigned.Count == 0)
            return $"the Service {gateway.Metadata.Namespace}/{ProxyNames.Of(gateway)} has no address yet";
        var missing = ServiceAddresses.Missing(gateway, assigned);
        return missing.Count == 0 ? null : $"spec.addresses: {string.Join(", ", missing.Select(address => address.Value))} cannot be had: the Service has {string.Join(", ", assigned.Select(address => address.Value))}";
    }

    private JsonObject? Service(Gateway gateway) =>
        owned.Find(gateway.Metadata.Namespace, BoundedName.Label(gateway.Metadata.Name), "Service", ProxyNames.Of(gateway));

    // A reference that leads nowhere is refused elsewhere.
    private bool IsManagedByOthers(Gateway gateway)
    {
        try
        {
            return InfrastructureParameters.Resolve(_snapshot, gateway).Kube is null;
        }
        catch (InvalidParametersException)
        {
            return false;
        }
    }
}
