namespace Sluice.ApiServer.Store;

/// <summary>One step in the history of a kind.</summary>
/// <param name="Object">The object after the step; of a removed one the last state, with the version of its removal.</param>
/// <param name="Previous">The object before; null when it is new.</param>
/// <param name="IsRemoval">The object is gone.</param>
internal readonly record struct StoreChange(StoredObject Object, StoredObject? Previous, bool IsRemoval)
{
    public long Version => Object.Version;
}
