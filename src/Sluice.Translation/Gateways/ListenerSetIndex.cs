using Sluice.Resources;

namespace Sluice.Translation.Gateways;

/// <summary>Which ListenerSets name which Gateway, whether it is there and ours or not.</summary>
internal sealed class ListenerSetIndex
{
    private static readonly HashSet<NamespacedName> None = [];
    private readonly Dictionary<NamespacedName, NamespacedName> _gateways = [];
    private readonly Dictionary<NamespacedName, HashSet<NamespacedName>> _sets = [];

    public IReadOnlySet<NamespacedName> Of(NamespacedName gateway) => _sets.GetValueOrDefault(gateway, None);

    /// <param name="set">One that came, changed or went.</param>
    /// <param name="gateway">What it names now; null when it is gone or names something else.</param>
    /// <param name="touched">Gets the Gateways that it named before and names now.</param>
    public void Update(NamespacedName set, NamespacedName? gateway, HashSet<NamespacedName> touched)
    {
        if (_gateways.Remove(set, out var old))
        {
            touched.Add(old);
            if (_sets[old].Remove(set) && _sets[old].Count == 0)
                _sets.Remove(old);
        }
        if (gateway is not { } current)
            return;
        touched.Add(current);
        _gateways.Add(set, current);
        if (!_sets.TryGetValue(current, out var sets))
            _sets.Add(current, sets = []);
        sets.Add(set);
    }
}
