using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading.Nodes;

/// <summary>A hash of what values mean: positions, comments, quotes and the order of fields leave it as it is.</summary>
internal static class NodeHash
{
    public static ulong Of(Node node)
    {
        var hash = ContentHash.Combine((ulong)node.Kind + 1, (ulong)node.Count);
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                foreach (var child in node)
                {
                    if (!child.IsNull)
                        hash += ContentHash.Combine(ContentHash.Of(child.Key), Of(child));
                }

                return hash;
            case NodeKind.Sequence:
                foreach (var child in node)
                    hash = ContentHash.Combine(hash, Of(child));
                return hash;
            default:
                return ContentHash.Combine(hash, ContentHash.Of(node.Text));
        }
    }

    /// <summary>Everything of an object but its type, metadata and status.</summary>
    public static ulong OfSpec(Node root)
    {
        ulong hash = 0;
        foreach (var child in root)
        {
            if (child.Key is not ("apiVersion" or "kind" or "metadata" or "status"))
                hash += ContentHash.Combine(ContentHash.Of(child.Key), Of(child));
        }

        return hash;
    }

    /// <summary>The part of metadata that <see cref="ObjectMeta"/> keeps.</summary>
    public static ulong OfMetadata(Node root)
    {
        ulong hash = 0;
        if (!root.TryGet("metadata", out var metadata))
            return hash;
        foreach (var child in metadata)
        {
            if (child.Key is "name" or "namespace" or "labels" or "annotations" or "creationTimestamp")
                hash += ContentHash.Combine(ContentHash.Of(child.Key), Of(child));
        }

        return hash;
    }
}
