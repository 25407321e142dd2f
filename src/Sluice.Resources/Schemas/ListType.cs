namespace Sluice.Resources.Schemas;

/// <summary>How server-side apply merges a list (x-kubernetes-list-type).</summary>
public enum ListType
{
    /// <summary>The list is one value: who applies it owns all of it.</summary>
    Atomic,

    /// <summary>Each scalar is an entry of its own, and no two are equal.</summary>
    Set,

    /// <summary>Entries are objects told apart by <see cref="SchemaNode.ListMapKeys"/>.</summary>
    Map,
}
