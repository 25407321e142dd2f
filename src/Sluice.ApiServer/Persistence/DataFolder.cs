using System.Buffers;
using System.Threading.Channels;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Persistence;

/// <summary>
/// Keeps objects in a folder. A journal in its hidden part has every object whole, and is on disk before a request is answered:
/// all changes that wait go out with one write. A file per object, for people, follows right after. Events and Leases, which mean
/// nothing after a restart, are not kept.
/// </summary>
internal sealed class DataFolder : IDurability, IAsyncDisposable
{
    /// <summary>A journal is written anew when it has grown to this many times what its objects need.</summary>
    private const int CompactionFactor = 4;
    private const long CompactionMinimum = 8 << 20;
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);

    public const string HiddenName = ".sluice";
    public const string JournalName = "journal";
    private const string LockName = "lock";

    /// <summary>EWOULDBLOCK, of a file that another process has locked.</summary>
    private const int WouldBlock = 11;

    /// <summary>In the hidden part.</summary>
    private static readonly string[] Names = [LockName, JournalName, $"{JournalName}.new"];

    private readonly string _hidden;
    private readonly Journal _journal;
    private readonly Action<string> _problem;
    private readonly Channel<StoreChange> _changes = Channel.CreateUnbounded<StoreChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<(ResourceKind Kind, ObjectKey Key)> _outdated = Channel.CreateUnbounded<(ResourceKind, ObjectKey)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _appending = new();
    private readonly Signal _progress = new();
    private FileStream _lock;
    private ObjectStore? _store;
    private Task _writing = Task.CompletedTask;
    private Task _filing = Task.CompletedTask;
    private long _durable;
    private string? _failure;
    private long _compactFrom = CompactionMinimum;
    private HashSet<string> _told = [];

    private DataFolder(string hidden, FileStream claim, Journal journal, ObjectFiles files, Action<string> problem) =>
        (_hidden, _lock, _journal, Files, _problem) = (hidden, claim, journal, files, problem);

    public ObjectFiles Files { get; }

    /// <summary>Opens a folder, which is made when it does not exist, and reads what is in it.</summary>
    /// <exception cref="DataFolderException">It cannot be used.</exception>
    public static (DataFolder Folder, JournalContent Content) Open(string path, KindCatalog catalog, Action<string> problem)
    {
        path = Path.GetFullPath(path);
        var hidden = Path.Combine(path, HiddenName);
        try
        {
            Directory.CreateDirectory(path);
            var claim = Claim(hidden);
            var file = Path.Combine(hidden, JournalName);
            var content = JournalContent.Read(file, catalog);
            var journal = new Journal(file, content.GoodLength);
            LibC.SyncFolder(hidden);
            var files = new ObjectFiles(path);
            foreach (var ((kind, key), (hash, before, isThere)) in content.Files)
                files.Expect(kind, key, hash, before, isThere);
            return (new DataFolder(hidden, claim, journal, files, problem), content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"the folder {path} cannot be used for the API's objects: {error.Message}", error);
        }
    }

    /// <summary>Begins to follow the store.</summary>
    public void Start(ObjectStore store)
    {
        _store = store;
        _durable = store.Version;
        store.Committed += change => _changes.Writer.TryWrite(change);
        _writing = Task.Run(WriteAsync);
        _filing = Task.Run(FileAsync);
    }

    /// <summary>Has an object's file written, or removed, when it is not what it should be.</summary>
    public void Refile(ResourceKind kind, ObjectKey key) => _outdated.Writer.TryWrite((kind, key));

    public async ValueTask WaitAsync(long version)
    {
        while (Volatile.Read(ref _durable) < version)
        {
            var progress = _progress.Next;
            if (Volatile.Read(ref _durable) >= version)
                return;
            if (Volatile.Read(ref _failure) is { } failure)
                throw ApiException.Unavailable($"the change is in force, but could not be written to disk: {failure}");
            await progress.ConfigureAwait(false);
        }
    }

    public void CheckAllowed()
    {
    }

    public void CheckKeeping(ResourceKind kind)
    {
        if (IsKept(kind) && Volatile.Read(ref _failure) is { } failure)
            throw ApiException.Unavailable($"nothing can be changed, because it could not be written to disk: {failure}");
    }

    public void CheckUntouched(StoredObject current, bool isRemoval)
    {
        if (!Files.IsUntouched(current.Kind, current.Key) && !(isRemoval && !File.Exists(Files.PathOf(current.Kind, current.Key))))
            throw ApiException.Conflict(current.Kind, current.Key.Name, $"the file {Files.PathOf(current.Kind, current.Key)}, which keeps this object, was changed by hand; it has to be read again before the object is changed here: mend it where it was refused, or restart");
    }

    /// <summary>Writes what is left, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        Volatile.Write(ref _failure, "the server has stopped");
        _progress.Set();
        _outdated.Writer.TryComplete();
        await _filing.ConfigureAwait(false);
        _journal.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsKept(StoredObject value) => value.File is null && IsKept(value.Kind);

    private static bool IsKept(ResourceKind kind) => kind.Kind is not ("Event" or "Lease");

    private static FileStream Claim(string hidden)
    {
        Directory.CreateDirectory(hidden, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var place in (ReadOnlySpan<string>)[hidden, .. Names.Select(name => Path.Combine(hidden, name))])
            SymbolicLink.Refuse(place);
        try
        {
            return new FileStream(Path.Combine(hidden, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            throw new DataFolderException($"the folder {Path.GetDirectoryName(hidden)} is in use by another process", error);
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<StoreChange>();
        while (await _changes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_changes.Reader.TryRead(out var change))
                batch.Add(change);
            while (!TryAppend(batch))
            {
                await Task.Delay(RetryAfterFailure).ConfigureAwait(false);
                if (_changes.Reader.Completion.IsCompleted)
                    return;
                while (_changes.Reader.TryRead(out var change))
                    batch.Add(change);
            }

            foreach (var change in batch.Where(change => IsKept(change.Object)))
                _outdated.Writer.TryWrite((change.Object.Kind, change.Object.Key));
            batch.Clear();
        }
    }

    private bool TryAppend(List<StoreChange> batch)
    {
        try
        {
            var lines = new ArrayBufferWriter<byte>();
            foreach (var change in batch.Where(change => IsKept(change.Object)))
            {
                if (change.IsRemoval)
                    JournalLine.Delete(lines, change.Object);
                else
                    JournalLine.Put(lines, change.Object);
            }

            Append(lines.WrittenSpan, isNews: batch.Any(change => !change.IsRemoval && IsKept(change.Object)));
            lock (_appending)
                TryCompact();

            Volatile.Write(ref _failure, null);
            if (batch.Count > 0)
                Volatile.Write(ref _durable, batch[^1].Version);
            _progress.Set();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DataFolderException)
        {
            if (Volatile.Read(ref _failure) != error.Message)
                _problem($"the API's objects cannot be written to {_hidden}: {error.Message}");
            Volatile.Write(ref _failure, error.Message);
            _progress.Set();
            return false;
        }
    }

    /// <summary>
    /// Someone may have removed the folder: then what is to be kept makes it anew, with everything that there is. What only says that
    /// something is gone does not.
    /// </summary>
    private void Append(ReadOnlySpan<byte> lines, bool isNews, bool flush = true)
    {
        lock (_appending)
        {
            if (lines.IsEmpty || (!isNews && !_journal.IsInPlace))
                return;
            if (!_journal.IsInPlace)
            {
                var claim = Claim(_hidden);
                _lock.Dispose();
                _lock = claim;
                Rewrite();
            }

            _journal.Append(lines, flush);
        }
    }

    /// <summary>A journal that cannot be made shorter is as good as before: it is tried again when it has grown some more.</summary>
    private void TryCompact()
    {
        try
        {
            Compact();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _compactFrom = _journal.Length + CompactionMinimum;
            _problem($"the journal in {_hidden} cannot be written anew and goes on growing: {error.Message}");
        }
    }

    private void Compact()
    {
        if (_journal.Length < _compactFrom)
            return;
        if (_journal.Length >= CompactionFactor * _store!.Snapshot(_store.Tables).Objects.Where(IsKept).Sum(value => (long)value.Json.Length))
            Rewrite();
    }

    private void Rewrite()
    {
        var (objects, version) = _store!.Snapshot(_store.Tables);
        var kept = objects.Where(IsKept).ToList();
        _journal.Replace(lines =>
        {
            JournalLine.Version(lines, version);
            foreach (var value in kept)
                JournalLine.Put(lines, value);
            foreach (var (kind, key, file) in Files.All)
            {
                if (file.Before is { } before)
                    JournalLine.File(lines, kind, key, before);
                JournalLine.File(lines, kind, key, file.Hash);
                if (file.IsThere)
                    JournalLine.Kept(lines, kind, key);
            }
        });
        _compactFrom = CompactionMinimum;
    }

    private async Task FileAsync()
    {
        var due = new HashSet<(ResourceKind Kind, ObjectKey Key)>();
        while (await _outdated.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_outdated.Reader.TryRead(out var place))
                due.Add(place);
            var problems = new HashSet<string>();
            try
            {
                WriteFiles(due, problems);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or DataFolderException)
            {
                problems.Add($"files of objects could not be written: {error.Message}; the objects are kept in {_hidden}");
            }

            foreach (var problem in problems.Except(_told))
                _problem(problem);
            _told = problems;
        }
    }

    /// <summary>First the journal is told what the files will have: content that stands in neither its last nor its next version is someone else's.</summary>
    /// <param name="due">What is to be looked at. What cannot be written stays, and comes along with the next change.</param>
    /// <param name="problems">Gets what stands in the way of single files.</param>
    private void WriteFiles(HashSet<(ResourceKind Kind, ObjectKey Key)> due, HashSet<string> problems)
    {
        var lines = new ArrayBufferWriter<byte>();
        var planned = new List<(ResourceKind Kind, ObjectKey Key, byte[] Content, string Hash)>();
        foreach (var (kind, key) in due.ToList())
        {
            Try(kind, key, () =>
            {
                if (Plan(kind, key, lines, problems) is { } content)
                    planned.Add((kind, key, content, ObjectFiles.HashOf(content)));
                else
                    due.Remove((kind, key));
            });
        }

        foreach (var (kind, key, _, hash) in planned)
        {
            // What is there now comes first: an attempt before may have been told of and failed.
            if (Files.Find(kind, key) is { } present)
                JournalLine.File(lines, kind, key, present.Hash);
            JournalLine.File(lines, kind, key, hash);
        }

        Append(lines.WrittenSpan, isNews: planned.Count > 0);
        lines.ResetWrittenCount();
        foreach (var (kind, key, content, hash) in planned)
        {
            Try(kind, key, () =>
            {
                var isNew = Files.Find(kind, key) is not { IsThere: true };
                Files.Write(kind, key, content, hash);
                if (isNew)
                    JournalLine.Kept(lines, kind, key);
                due.Remove((kind, key));
            });
        }

        Append(lines.WrittenSpan, isNews: false, flush: false);

        // One file that cannot be written holds up no other.
        void Try(ResourceKind kind, ObjectKey key, Action work)
        {
            try
            {
                work();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{Files.PathOf(kind, key)} could not be written: {error.Message}; {kind.Kind} {key} is kept in {_hidden}");
            }
        }
    }

    /// <summary>What an object's file is to get; null when nothing is to be written.</summary>
    private byte[]? Plan(ResourceKind kind, ObjectKey key, ArrayBufferWriter<byte> lines, HashSet<string> problems)
    {
        if (_store!.Find(kind, key) is not { } current || !IsKept(current))
        {
            Remove(kind, key, lines, problems);
            return null;
        }

        var content = ObjectFileText.Of(current);
        var hash = ObjectFiles.HashOf(content);
        if (Files.Find(kind, key) is { Length: >= 0 } known && known.Hash == hash && known.IsUntouched())
            return null;
        if (Files.IsForeign(kind, key, hash))
        {
            problems.Add($"{Files.PathOf(kind, key)} is not one of the API's files, or was changed by hand, and is left alone; {kind.Kind} {key} is kept in {_hidden} only");
            return null;
        }

        var path = Files.PathOf(kind, key);
        if (File.Exists(path) && File.ReadAllBytes(path) is var present && ObjectFiles.HashOf(present) is var own && own != hash && ObjectFileText.Means(present, current))
        {
            // A person's words for the same object.
            Files.Remember(kind, key, own);
            JournalLine.File(lines, kind, key, own);
            return null;
        }

        return content;
    }

    private void Remove(ResourceKind kind, ObjectKey key, ArrayBufferWriter<byte> lines, HashSet<string> problems)
    {
        if (Files.Find(kind, key) is null)
            return;
        if (!Files.Delete(kind, key))
            problems.Add($"{Files.PathOf(kind, key)} was changed by hand and is left alone, although {kind.Kind} {key} was deleted");
        JournalLine.File(lines, kind, key, JournalLine.NoFile);
    }
}
