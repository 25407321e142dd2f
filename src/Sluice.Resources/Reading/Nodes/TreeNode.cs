namespace Sluice.Resources.Reading.Nodes;

/// <summary>One slot of a <see cref="ManifestTree"/>. Children form a linked list by index; -1 ends it.</summary>
internal struct TreeNode
{
    public NodeKind Kind;

    /// <summary>A scalar written without quotes.</summary>
    public bool Plain;

    /// <summary>Name in the mapping above; null in lists and at the root.</summary>
    public string? Key;

    /// <summary>A scalar's text.</summary>
    public string? Text;

    public int Line;
    public int Column;
    public int KeyLine;
    public int KeyColumn;

    public int Parent;
    public int FirstChild;
    public int Next;

    /// <summary>Children of a mapping or list.</summary>
    public int Count;

    /// <summary>Nodes below and including this one, aliases followed: what an alias to it costs.</summary>
    public int Size;
}
