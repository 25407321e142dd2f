namespace Sluice.Resources.Reading;

/// <summary>Finds the documents of a file's last version that its new version still has, word for word.</summary>
internal static class DocumentMatch
{
    /// <summary>For each new document the index of the same old one, or -1. Each old one is found once at most.</summary>
    public static int[] Find(UInt128[] hashes, ManifestFile? previous)
    {
        var found = new int[hashes.Length];
        Array.Fill(found, -1);
        if (previous is null || previous.IsIncomplete)
            return found;
        var old = previous.Documents;
        var start = 0;
        while (start < hashes.Length && start < old.Length && hashes[start] == old[start].Hash)
            found[start] = start++;
        int end = hashes.Length, oldEnd = old.Length;
        while (end > start && oldEnd > start && hashes[end - 1] == old[oldEnd - 1].Hash)
            found[--end] = --oldEnd;
        if (end > start && oldEnd > start)
            FindMoved(hashes, found, old, start, end, oldEnd);
        return found;
    }

    private static void FindMoved(UInt128[] hashes, int[] found, DocumentEntry[] old, int start, int end, int oldEnd)
    {
        var places = new Dictionary<UInt128, int>(oldEnd - start);
        for (var i = start; i < oldEnd; i++)
            places.TryAdd(old[i].Hash, i);
        for (var i = start; i < end; i++)
        {
            if (places.Remove(hashes[i], out var place))
                found[i] = place;
        }
    }
}
