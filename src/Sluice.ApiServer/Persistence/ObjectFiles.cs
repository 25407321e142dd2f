using System.Security.Cryptography;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Persistence;

/// <summary>The files of objects: writes them whole or not at all, and never one that someone else has written.</summary>
internal sealed class ObjectFiles(string folder)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ResourceKind Kind, ObjectKey Key), ObjectFile> _known = [];
    private readonly Dictionary<string, (ResourceKind Kind, ObjectKey Key)> _paths = new(StringComparer.Ordinal);

    public IReadOnlyList<(ResourceKind Kind, ObjectKey Key, ObjectFile File)> All
    {
        get
        {
            lock (_gate)
                return [.. _known.Select(pair => (pair.Key.Kind, pair.Key.Key, pair.Value))];
        }
    }

    public string PathOf(ResourceKind kind, ObjectKey key) => ObjectFileLayout.PathOf(folder, kind, key);

    /// <summary>The object that a file written here keeps; null for other files.</summary>
    public (ResourceKind Kind, ObjectKey Key)? Find(string path)
    {
        lock (_gate)
            return _paths.TryGetValue(Path.GetFullPath(path), out var place) ? place : null;
    }

    /// <summary>What has become of an object's file. One that is as it was left is remembered as such.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (FileFate Fate, byte[] Content) Look(ResourceKind kind, ObjectKey key)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue((kind, key), out var known))
                return (FileFate.Unknown, []);
            var info = new FileInfo(known.Path);
            if (!info.Exists)
                return (known.IsThere ? FileFate.Removed : FileFate.NotWritten, []);
            if (known.IsAsSeen(info))
                return (FileFate.Untouched, []);
            var content = File.ReadAllBytes(known.Path);
            var hash = HashOf(content);
            if (!known.Has(hash))
                return (FileFate.Edited, content);
            Remember(kind, key, hash);
            return (FileFate.Recognized, content);
        }
    }

    /// <summary>Whether an object's file is as it was left here, or there is none.</summary>
    public bool IsUntouched(ResourceKind kind, ObjectKey key)
    {
        lock (_gate)
            return !_known.TryGetValue((kind, key), out var file) || file.IsUntouched();
    }

    public ObjectFile? Find(ResourceKind kind, ObjectKey key)
    {
        lock (_gate)
            return _known.GetValueOrDefault((kind, key));
    }

    /// <summary>Takes note of a file that an earlier process has left, whatever has become of it.</summary>
    public void Expect(ResourceKind kind, ObjectKey key, string hash, string? before, bool isThere)
    {
        var path = PathOf(kind, key);
        lock (_gate)
        {
            _known[(kind, key)] = new ObjectFile(path, hash, before, isThere, -1, default);
            _paths[path] = (kind, key);
        }
    }

    /// <summary>Takes back what <see cref="Remember"/> has noted.</summary>
    public void Restore(ResourceKind kind, ObjectKey key, ObjectFile known)
    {
        lock (_gate)
            _known[(kind, key)] = known;
    }

    /// <summary>Takes note of a file that is there. Null hash: the file is forgotten.</summary>
    public void Remember(ResourceKind kind, ObjectKey key, string? hash)
    {
        var path = PathOf(kind, key);
        var info = new FileInfo(path);
        lock (_gate)
        {
            if (hash is null)
            {
                _known.Remove((kind, key));
                _paths.Remove(path);
                return;
            }

            var before = _known.GetValueOrDefault((kind, key))?.Hash;
            _known[(kind, key)] = new ObjectFile(path, hash, before, true, info.Exists ? info.Length : 0, info.Exists ? info.LastWriteTimeUtc : default);
            _paths[path] = (kind, key);
        }
    }

    /// <summary>Whether the file of an object has content that nobody has written here.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="key">The object.</param>
    /// <param name="hash">Content that the file is to get: a file that has it already is taken for one of those written here.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool IsForeign(ResourceKind kind, ObjectKey key, string hash)
    {
        var path = PathOf(kind, key);
        return File.Exists(path) && HashOfFile(path) is var present && present != hash && Find(kind, key)?.Has(present) != true;
    }

    /// <summary>Writes an object's file, and has it on disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(ResourceKind kind, ObjectKey key, byte[] content, string hash)
    {
        var path = PathOf(kind, key);
        var parent = Path.GetDirectoryName(path)!;
        SymbolicLink.Refuse(Path.GetDirectoryName(parent)!);
        SymbolicLink.Refuse(parent);
        Directory.CreateDirectory(parent);
        var temporary = Path.Combine(parent, $".{Path.GetFileName(path)}.new");
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = kind is { Group: "", Kind: "Secret" } ? Private : Readable,
        }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        // In one step for whoever asks whether the file was touched.
        lock (_gate)
        {
            File.Move(temporary, path, overwrite: true);
            Remember(kind, key, hash);
        }

        LibC.SyncFolder(parent);
    }

    /// <summary>Removes an object's file unless someone has changed it; false when it was left alone.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    public bool Delete(ResourceKind kind, ObjectKey key)
    {
        // In one step for whoever asks whose the file is.
        lock (_gate)
        {
            var known = Find(kind, key);
            if (known is null)
                return true;
            var isOurs = !File.Exists(known.Path) || known.Has(HashOfFile(known.Path));
            if (isOurs)
                File.Delete(known.Path);
            Remember(kind, key, null);
            if (isOurs && Directory.Exists(Path.GetDirectoryName(known.Path)))
                LibC.SyncFolder(Path.GetDirectoryName(known.Path)!);
            return isOurs;
        }
    }

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string HashOfFile(string path) => HashOf(File.ReadAllBytes(path));
}
