using System.Diagnostics.CodeAnalysis;

namespace Sluice.Kubernetes.Events;

/// <summary>A table that forgets what was not used for the longest time.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = [];
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _order = new();

    /// <summary>The most recently used last.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries => _order;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        _order.Remove(node);
        _order.AddLast(node);
        value = node.Value.Value;
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        Remove(key);
        if (_nodes.Count >= capacity)
            Remove(_order.First!.Value.Key);
        _nodes[key] = _order.AddLast(new KeyValuePair<TKey, TValue>(key, value));
    }

    public void Remove(TKey key)
    {
        if (_nodes.Remove(key, out var node))
            _order.Remove(node);
    }
}
