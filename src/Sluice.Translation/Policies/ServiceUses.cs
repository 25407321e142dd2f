using Sluice.Resources;

namespace Sluice.Translation.Policies;

/// <summary>The Services with BackendTLSPolicies that routes of one Gateway use, with the number of these routes.</summary>
internal sealed class ServiceUses
{
    private readonly Dictionary<NamespacedName, int> _uses = [];
    private readonly HashSet<NamespacedName> _touched = [];

    public bool Contains(NamespacedName service) => _uses.ContainsKey(service);

    public void Use(NamespacedName service)
    {
        _uses[service] = _uses.GetValueOrDefault(service) + 1;
        _touched.Add(service);
    }

    public void Drop(NamespacedName service)
    {
        _touched.Add(service);
        var uses = _uses.GetValueOrDefault(service) - 1;
        if (uses > 0)
            _uses[service] = uses;
        else
            _uses.Remove(service);
    }

    /// <summary>Moves the Services that were used or dropped since the last call to <paramref name="services"/>.</summary>
    public void TakeTouched(HashSet<NamespacedName> services)
    {
        if (_touched.Count == 0)
            return;
        services.UnionWith(_touched);
        _touched.Clear();
    }
}
