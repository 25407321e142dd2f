using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Feeds;

/// <summary>An object that is new, has changed, or is gone.</summary>
/// <param name="Kind">Its kind; Events are always those of the core group.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Json">The object as UTF-8 JSON in its stored version; of one that is gone, its last state.</param>
/// <param name="IsDeleted">Whether it is gone.</param>
/// <param name="File">The file that defines it; null for what came by the API.</param>
public readonly record struct ObjectChange(ResourceKind Kind, ObjectKey Key, ReadOnlyMemory<byte> Json, bool IsDeleted, string? File);
