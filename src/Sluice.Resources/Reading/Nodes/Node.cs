namespace Sluice.Resources.Reading.Nodes;

/// <summary>A value in a <see cref="ManifestTree"/>: valid until the tree is used for the next document.</summary>
internal readonly struct Node(ManifestTree tree, int index)
{
    public ManifestTree Tree { get; } = tree;

    public int Index { get; } = index;

    public NodeKind Kind => Tree[Index].Kind;

    public bool IsNull => Tree[Index].Kind == NodeKind.Null;

    public bool IsPlain => Tree[Index].Plain;

    /// <summary>Name in the mapping above; "" in lists and at the root.</summary>
    public string Key => Tree[Index].Key ?? "";

    /// <summary>A scalar's text; "" for mappings, lists and null.</summary>
    public string Text => Tree[Index].Text ?? "";

    public int Count => Tree[Index].Count;

    public int Line => Tree[Index].Line;

    public int Column => Tree[Index].Column;

    public int KeyLine => Tree[Index].KeyLine > 0 ? Tree[Index].KeyLine : Line;

    public int KeyColumn => Tree[Index].KeyLine > 0 ? Tree[Index].KeyColumn : Column;

    public string Path => Tree.PathOf(Index);

    /// <summary>The children of a mapping or list, in order; none for scalars.</summary>
    public NodeEnumerator GetEnumerator() => new(Tree, Tree[Index].FirstChild);

    /// <summary>The field of a mapping; false when it is absent, null, or this is no mapping.</summary>
    public bool TryGet(string key, out Node value)
    {
        if (Kind == NodeKind.Mapping)
        {
            foreach (var child in this)
            {
                if (child.Key == key && !child.IsNull)
                {
                    value = child;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }
}
