using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Store;

/// <summary>One version of one object: canonical JSON in the storage version of its kind. Immutable; a change makes a new one.</summary>
/// <param name="kind">The kind that stores it.</param>
/// <param name="key">Namespace and name.</param>
/// <param name="version">Its resourceVersion, which is in the JSON too.</param>
/// <param name="json">UTF-8.</param>
internal sealed class StoredObject(ResourceKind kind, ObjectKey key, long version, byte[] json)
{
    public ResourceKind Kind { get; } = kind;

    public ObjectKey Key { get; } = key;

    public long Version { get; } = version;

    public byte[] Json { get; } = json;

    /// <summary>Waits for its finalizers.</summary>
    public bool IsTerminating { get; init; }

    /// <summary>The file that defines it: the API does not change it. Null for what came by the API.</summary>
    public string? File { get; init; }
}
