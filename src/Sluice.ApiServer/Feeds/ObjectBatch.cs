namespace Sluice.ApiServer.Feeds;

/// <summary>What a feed gives at a time.</summary>
/// <param name="IsAll">These are all objects: what is not among them is gone.</param>
/// <param name="Version">The resourceVersion that this brings the reader to.</param>
/// <param name="Changes">Oldest first.</param>
public sealed record ObjectBatch(bool IsAll, long Version, IReadOnlyList<ObjectChange> Changes);
