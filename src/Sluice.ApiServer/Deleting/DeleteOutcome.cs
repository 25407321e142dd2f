using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Deleting;

/// <summary>What a deletion has done.</summary>
/// <param name="Object">The object: its last state when it is gone, else the one that waits for its finalizers.</param>
/// <param name="IsGone">Whether it is gone.</param>
internal sealed record DeleteOutcome(StoredObject Object, bool IsGone);
