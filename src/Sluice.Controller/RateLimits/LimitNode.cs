namespace Sluice.Controller.RateLimits;

/// <summary>A place in the tree of a domain: descriptors that begin with the same entries.</summary>
public sealed class LimitNode
{
    private readonly Dictionary<(string Key, string? Value), LimitNode> _children = [];

    /// <summary>Of descriptors that end here; null: none.</summary>
    public LimitRule? Rule { get; set; }

    public bool HasChildren => _children.Count > 0;

    /// <summary>False when there is one already.</summary>
    public bool TryAdd(string key, string? value, LimitNode node) => _children.TryAdd((key, value), node);

    /// <summary>That of the value, else that of any value; null: none.</summary>
    public LimitNode? Find(string key, string value) =>
        _children.TryGetValue((key, value), out var exact) ? exact : _children.GetValueOrDefault((key, null));

    /// <summary>The limit of a descriptor: that at the end of all of its entries.</summary>
    public LimitRule? Find(IReadOnlyList<(string Key, string Value)> entries)
    {
        LimitNode? node = this;
        foreach (var (key, value) in entries)
        {
            if (node.Find(key, value) is not { } next)
                return null;
            node = next;
        }
        return node.Rule;
    }
}
