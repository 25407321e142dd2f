using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Apply;

/// <summary>
/// A set of fields as a tree, named as in managedFields (FieldsV1): <c>f:name</c> for a field, <c>k:{…}</c> and <c>v:…</c> for
/// entries of lists. A node can be in the set itself, and so can what is below it.
/// </summary>
internal sealed class FieldSet
{
    private const string Self = ".";

    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    /// <summary>Whether the field itself is in the set.</summary>
    public bool IsMember { get; set; }

    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    public bool IsEmpty => !IsMember && _children.Count == 0;

    /// <summary>The node below, made when it is not there.</summary>
    public FieldSet At(string step)
    {
        if (!_children.TryGetValue(step, out var child))
            _children[step] = child = new FieldSet();
        return child;
    }

    public FieldSet? Find(string step) => _children.GetValueOrDefault(step);

    public void Remove(string step) => _children.Remove(step);

    /// <summary>Drops branches that hold nothing.</summary>
    public FieldSet Trim()
    {
        foreach (var (step, child) in _children.ToList())
        {
            if (child.Trim().IsEmpty)
                _children.Remove(step);
        }

        return this;
    }

    public FieldSet Union(FieldSet other)
    {
        var union = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach (var (step, child) in _children)
            union._children[step] = other.Find(step) is { } twin ? child.Union(twin) : child;
        foreach (var (step, child) in other._children)
            union._children.TryAdd(step, child);
        return union;
    }

    public FieldSet Intersect(FieldSet other)
    {
        var both = new FieldSet { IsMember = IsMember && other.IsMember };
        foreach (var (step, child) in _children)
        {
            if (other.Find(step) is { } twin && child.Intersect(twin) is { IsEmpty: false } inner)
                both._children[step] = inner;
        }

        return both;
    }

    public FieldSet Except(FieldSet other)
    {
        var rest = new FieldSet { IsMember = IsMember && !other.IsMember };
        foreach (var (step, child) in _children)
        {
            var inner = other.Find(step) is { } twin ? child.Except(twin) : child;
            if (!inner.IsEmpty)
                rest._children[step] = inner;
        }

        return rest;
    }

    public bool SameAs(FieldSet other) =>
        IsMember == other.IsMember && _children.Count == other._children.Count &&
        _children.All(pair => other.Find(pair.Key) is { } twin && pair.Value.SameAs(twin));

    /// <summary>The members as paths for people: ".spec.ports[port=80].name".</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (IsMember && prefix.Length > 0)
            yield return prefix;
        foreach (var (step, child) in _children)
        {
            foreach (var path in child.Paths(prefix + FieldStep.Describe(step)))
                yield return path;
        }
    }

    /// <summary>FieldsV1.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (IsMember && _children.Count > 0)
            json[Self] = new JsonObject();
        foreach (var (step, child) in _children)
            json[step] = child.ToJson();
        return json;
    }

    /// <summary>Null when it is not FieldsV1.</summary>
    public static FieldSet? FromJson(JsonNode? json, bool isRoot = true)
    {
        if (json is not JsonObject map)
            return null;
        var set = new FieldSet { IsMember = !isRoot && (map.Count == 0 || map.ContainsKey(Self)) };
        foreach (var (step, child) in map)
        {
            if (step == Self)
                continue;
            if (!FieldStep.IsRight(step) || FromJson(child, isRoot: false) is not { } inner)
                return null;
            set._children[step] = inner;
        }

        return set;
    }
}
