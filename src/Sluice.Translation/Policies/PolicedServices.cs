using Sluice.Resources;

namespace Sluice.Translation.Policies;

/// <summary>Collects the Services with BackendTLSPolicies that a route refers to, while it is compiled.</summary>
internal sealed class PolicedServices(BackendTlsBook tls)
{
    private readonly List<NamespacedName> _services = [];

    public void Add(NamespacedName service)
    {
        if (tls.Targets(service) && !_services.Contains(service))
            _services.Add(service);
    }

    /// <summary>What was added since the last call; null for nothing.</summary>
    public NamespacedName[]? Take()
    {
        if (_services.Count == 0)
            return null;
        var services = _services.ToArray();
        _services.Clear();
        return services;
    }
}
