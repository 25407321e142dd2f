using System.Globalization;

namespace Sluice.Resources.Reading.Nodes;

/// <summary>
/// Fills a <see cref="ManifestTree"/> from the events of a parser, whichever it is, and refuses what no manifest needs:
/// duplicate keys, keys that are no scalars, recursive or exploding aliases, too deep nesting, too many values.
/// </summary>
internal sealed class TreeBuilder(ManifestTree tree, ManifestLimits limits)
{
    /// <summary>Up to this many keys of one mapping are compared one by one; more get a set.</summary>
    private const int ComparedKeys = 16;

    private const string MergeKey = "<<";

    private readonly Stack<OpenContainer> _outer = new();
    private Dictionary<string, int>? _anchors;
    private OpenContainer _open;
    private bool _isOpen;
    private int _aliased;

    /// <summary>Whether the document's root value is complete.</summary>
    public bool IsComplete => !_isOpen && tree.Count > 0;

    /// <summary>Whether the next scalar is a key.</summary>
    public bool ExpectsKey => _isOpen && _open.IsMapping && _open.Key is null;

    public void Start()
    {
        tree.Clear();
        _outer.Clear();
        _anchors?.Clear();
        _isOpen = false;
        _aliased = 0;
    }

    public void Key(string text, bool plain, int line, int column)
    {
        if (plain && text == MergeKey)
            _open.HasMergeKey = true;
        else
            RefuseDuplicate(text, line, column);
        _open.Key = text;
        _open.KeyLine = line;
        _open.KeyColumn = column;
    }

    public void Scalar(NodeKind kind, string? text, bool plain, string? anchor, int line, int column) =>
        Name(anchor, Append(new TreeNode { Kind = kind, Text = text, Plain = plain, Line = line, Column = column, FirstChild = -1, Size = 1 }));

    public void Open(bool mapping, string? anchor, int line, int column)
    {
        if (ExpectsKey)
            throw new ManifestSyntaxException(line, column, "a key must be a string, found " + (mapping ? "a mapping" : "a list"));
        if (_outer.Count + (_isOpen ? 1 : 0) >= limits.MaxDepth)
            throw new ManifestSyntaxException(line, column, $"values are nested deeper than {limits.MaxDepth.ToString(CultureInfo.InvariantCulture)} levels");
        var kind = mapping ? NodeKind.Mapping : NodeKind.Sequence;
        var index = Append(new TreeNode { Kind = kind, Line = line, Column = column, FirstChild = -1, Size = 1 });
        Name(anchor, index);
        if (_isOpen)
            _outer.Push(_open);
        _open = new OpenContainer { Index = index, LastChild = -1, IsMapping = mapping };
        _isOpen = true;
    }

    public void Close()
    {
        if (_open.HasMergeKey)
            Merge();
        var size = tree[_open.Index].Size;
        _isOpen = _outer.TryPop(out var outer);
        if (!_isOpen)
            return;
        _open = outer;
        tree[_open.Index].Size += size - 1;
    }

    public void Alias(string anchor, int line, int column)
    {
        if (ExpectsKey)
            throw new ManifestSyntaxException(line, column, $"a key must be a string, found the alias *{anchor}");
        if (_anchors is null || !_anchors.TryGetValue(anchor, out var target))
            throw new ManifestSyntaxException(line, column, $"the alias *{anchor} has no anchor &{anchor} before it");
        if (_isOpen && (_open.Index == target || _outer.Any(container => container.Index == target)))
            throw new ManifestSyntaxException(line, column, $"the alias *{anchor} stands inside the value that it names");
        CountAliased(tree[target].Size, line, column);
        var copy = tree[target];
        copy.Line = line;
        copy.Column = column;
        Append(copy);
    }

    private int Append(TreeNode node)
    {
        if (tree.Count >= limits.MaxNodes)
            throw new ManifestSyntaxException(node.Line, node.Column, $"a document has more than {limits.MaxNodes.ToString(CultureInfo.InvariantCulture)} values");
        node.Next = -1;
        node.Key = null;
        node.KeyLine = 0;
        node.KeyColumn = 0;
        node.Parent = -1;
        if (_isOpen)
        {
            node.Parent = _open.Index;
            if (_open.IsMapping)
            {
                node.Key = _open.Key;
                node.KeyLine = _open.KeyLine;
                node.KeyColumn = _open.KeyColumn;
                _open.Key = null;
            }
        }

        var index = tree.Add(node);
        if (_isOpen)
            Link(index);
        return index;
    }

    private void Link(int index)
    {
        if (_open.LastChild < 0)
            tree[_open.Index].FirstChild = index;
        else
            tree[_open.LastChild].Next = index;
        _open.LastChild = index;
        tree[_open.Index].Count++;
        tree[_open.Index].Size += tree[index].Size;
    }

    private void Name(string? anchor, int index)
    {
        if (anchor is not null)
            (_anchors ??= new Dictionary<string, int>(StringComparer.Ordinal))[anchor] = index;
    }

    private void RefuseDuplicate(string key, int line, int column)
    {
        bool duplicate;
        if (_open.Keys is not null)
        {
            duplicate = !_open.Keys.Add(key);
        }
        else
        {
            duplicate = Find(key, out _);
            if (tree[_open.Index].Count >= ComparedKeys)
            {
                _open.Keys = new HashSet<string>(StringComparer.Ordinal) { key };
                foreach (var child in new Node(tree, _open.Index))
                    _open.Keys.Add(child.Key);
            }
        }

        if (!duplicate)
            return;
        Find(key, out var first);
        throw new ManifestSyntaxException(line, column, $"the key {Describe.Quoted(key)} stands twice in the same mapping, first on line {first.KeyLine.ToString(CultureInfo.InvariantCulture)}");
    }

    private bool Find(string key, out Node found)
    {
        foreach (var child in new Node(tree, _open.Index))
        {
            if (child.Key == key)
            {
                found = child;
                return true;
            }
        }

        found = default;
        return false;
    }

    /// <summary>YAML 1.1 merge keys: the keys of the mappings named by "&lt;&lt;" stand in for keys that are not given here.</summary>
    private void Merge()
    {
        var merged = new List<Node>();
        var last = -1;
        for (var at = tree[_open.Index].FirstChild; at >= 0; at = tree[at].Next)
        {
            if (tree[at].Key != MergeKey)
            {
                last = at;
                continue;
            }

            merged.Add(new Node(tree, at));
            if (last < 0)
                tree[_open.Index].FirstChild = tree[at].Next;
            else
                tree[last].Next = tree[at].Next;
            tree[_open.Index].Count--;
        }

        _open.LastChild = last;
        foreach (var value in merged)
        {
            if (value.Kind == NodeKind.Sequence)
            {
                foreach (var item in value)
                    MergeFrom(item);
            }
            else
            {
                MergeFrom(value);
            }
        }
    }

    private void MergeFrom(Node source)
    {
        if (source.Kind != NodeKind.Mapping)
            throw new ManifestSyntaxException(source.Line, source.Column, $"a merge key (<<) takes a mapping or a list of mappings, found {Describe.FoundKind(source.Kind)}");
        foreach (var child in source)
        {
            if (Find(child.Key, out _))
                continue;
            CountAliased(tree[child.Index].Size, source.Line, source.Column);
            var copy = tree[child.Index];
            copy.Parent = _open.Index;
            copy.Next = -1;
            Link(tree.Add(copy));
        }
    }

    private void CountAliased(int size, int line, int column)
    {
        _aliased += size;
        if (_aliased > limits.MaxAliasedNodes)
            throw new ManifestSyntaxException(line, column, $"the document's aliases stand for more than {limits.MaxAliasedNodes.ToString(CultureInfo.InvariantCulture)} values");
    }
}
