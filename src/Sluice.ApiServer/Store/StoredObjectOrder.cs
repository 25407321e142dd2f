namespace Sluice.ApiServer.Store;

/// <summary>By namespace and name.</summary>
internal sealed class StoredObjectOrder : IComparer<StoredObject>
{
    public static StoredObjectOrder Instance { get; } = new();

    public int Compare(StoredObject? x, StoredObject? y) => x!.Key.CompareTo(y!.Key);
}
