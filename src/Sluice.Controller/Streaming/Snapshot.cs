using System.Collections.Concurrent;
using Sluice.Configuration;
using Sluice.Configuration.Streaming;

namespace Sluice.Controller.Streaming;

/// <summary>
/// One version of a Gateway's configuration. What is sent of it is encoded when the first proxy needs it and shared by all that are at
/// the same point; it goes with the snapshot.
/// </summary>
internal sealed class Snapshot(ConfigurationTables tables, long version)
{
    private readonly ConcurrentDictionary<long, Lazy<SnapshotUpdate>> _updates = new();
    private readonly Lazy<string> _digest = new(() => ConfigurationDigest.Of(tables));

    public ConfigurationTables Tables => tables;

    public ProxyConfiguration Configuration => tables.Configuration;

    public long Version => version;

    /// <summary>When it was made: what proxies may take to answer counts from here.</summary>
    public long Timestamp { get; init; }

    /// <summary>What a proxy needs that has another snapshot of this Gateway, or none.</summary>
    /// <param name="from">What it was sent last; null: nothing on this stream.</param>
    /// <param name="digest">Of what it serves, when nothing was sent yet; null: it serves nothing.</param>
    public SnapshotUpdate UpdateFrom(Snapshot? from, string? digest)
    {
        if (from is not null)
            return Get(from.Version, () => new SnapshotUpdate(EncodedUpdate.Of(from.Tables, tables, version, UpdateBase.Version, from.Version), UpdateBase.Version));
        return digest is not null && digest == _digest.Value
            ? Get(-1, () => new SnapshotUpdate(EncodedUpdate.Of(tables, tables, version, UpdateBase.Digest), UpdateBase.Digest))
            : Get(0, () => new SnapshotUpdate(EncodedUpdate.Of(ConfigurationTables.Empty, tables, version, UpdateBase.Nothing), UpdateBase.Nothing));
    }

    private SnapshotUpdate Get(long key, Func<SnapshotUpdate> make) => _updates.GetOrAdd(key, _ => new Lazy<SnapshotUpdate>(make)).Value;
}
