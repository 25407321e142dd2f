namespace Sluice.Resources.Reading.Nodes;

/// <summary>A mapping or list that <see cref="TreeBuilder"/> is in the middle of.</summary>
internal struct OpenContainer
{
    public int Index;
    public int LastChild;
    public bool IsMapping;

    /// <summary>Set between a key and its value.</summary>
    public string? Key;
    public int KeyLine;
    public int KeyColumn;
    public bool HasMergeKey;

    /// <summary>Keys so far, once there are too many to compare one by one.</summary>
    public HashSet<string>? Keys;
}
