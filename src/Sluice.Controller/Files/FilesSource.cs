using System.Collections.Immutable;
using Sluice.Controller.Files.Native;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>
/// Objects from manifests in files and folders: *.yaml, *.yml and *.json, recursively, hidden ones left out, links followed.
/// Follows changes on request. What a file held last that was valid stays in force until the file is mended; of an object
/// that several files give, the first in the order of the paths is in force.
/// </summary>
public sealed class FilesSource : IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly FileTable _table = new();
    private readonly FileReading _reading;
    private readonly Lock _starting = new();

    /// <summary>Files that have lost objects, as they were when that was seen.</summary>
    private readonly Dictionary<string, FileStatus> _doubtful = new(StringComparer.Ordinal);
    private ImmutableArray<ManifestDiagnostic> _problems = [];
    private FolderWatcher? _watcher;
    private Thread? _thread;
    private Action<SourceUpdate>? _publish;
    private volatile bool _isStopped;

    /// <param name="paths">Files and folders, at least one. Files are read whatever their names are.</param>
    /// <param name="limits">Null for <see cref="ManifestLimits.Default"/>.</param>
    /// <param name="clock">Gives objects without a creationTimestamp theirs; null for the system's clock.</param>
    public FilesSource(IReadOnlyList<string> paths, ManifestLimits? limits = null, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count);
        _paths = paths;
        _reading = new FileReading(limits ?? ManifestLimits.Default, clock ?? TimeProvider.System);
    }

    /// <summary>Whether a file, named without links, is somebody else's and is passed over. Called on any thread.</summary>
    public Func<string, bool>? IsOwned { get; init; }

    /// <summary>Told, on the source's own thread, of a file that <see cref="IsOwned"/> and changes; null: any of them may have changed. Must not throw.</summary>
    public Action<string?>? OwnedChanged { get; init; }

    /// <summary>Looks at everything anew, as files may belong to others than before. May be called on any thread, while changes are followed.</summary>
    public void Rescan() => _watcher?.Rescan();

    /// <summary>Reads everything once.</summary>
    /// <exception cref="FilesSourceException">A path does not exist; the message names all that do not.</exception>
    public SourceUpdate Read()
    {
        lock (_starting)
        {
            Load(null);
            return Update();
        }
    }

    /// <summary>Reads everything, and from then on reports every change until the source is disposed.</summary>
    /// <param name="publish">
    /// Called on the source's own thread, one call at a time, with the state after each change. Changes that come close
    /// together (5 ms) come as one. It must not throw.
    /// </param>
    /// <returns>The state to begin with.</returns>
    /// <exception cref="FilesSourceException">A path does not exist, or the system offers no more inotify instances.</exception>
    /// <exception cref="InvalidOperationException">The source follows changes already.</exception>
    public SourceUpdate Follow(Action<SourceUpdate> publish)
    {
        lock (_starting)
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            if (_watcher is not null)
                throw new InvalidOperationException("The source follows changes already.");
            var watcher = new FolderWatcher();
            try
            {
                Load(watcher);
            }
            catch
            {
                watcher.Dispose();
                throw;
            }

            _watcher = watcher;
            _publish = publish;
            var update = Update();
            _thread = new Thread(Run) { IsBackground = true, Name = "files source" };
            _thread.Start();
            return update;
        }
    }

    /// <summary>Ends following; no update is published after it returns, unless called from the callback itself.</summary>
    public void Dispose()
    {
        _isStopped = true;
        _watcher?.Wake();
        if (_thread == Thread.CurrentThread)
            return;
        _thread?.Join();
        _watcher?.Dispose();
        _reading.Dispose();
    }

    private void Load(FolderWatcher? watcher)
    {
        var scan = Scan(watcher);
        if (scan.MissingRoots.Count > 0)
            throw new FilesSourceException($"No such file or folder: {string.Join(", ", scan.MissingRoots)}");
        Replace(scan, watcher);
    }

    private ScanResult Scan(FolderWatcher? watcher)
    {
        watcher?.StartScan();
        var scan = new FileScanner(_paths, watcher).Scan();
        watcher?.EndScan();
        if (IsOwned is { } isOwned)
            scan.Files.RemoveAll(file => isOwned(file.RealPath));
        _problems = [.. scan.Problems];
        return scan;
    }

    /// <summary>Brings the table to what a scan found.</summary>
    private void Replace(ScanResult scan, FolderWatcher? watcher)
    {
        watcher?.Pending.StartReading();
        var found = new HashSet<string>(scan.Files.Select(file => file.Path), StringComparer.Ordinal);
        var removed = _table.Files
            .Where(entry => !found.Contains(entry.File.Path) && !scan.UnreadableFolders.Any(folder => entry.File.Path.StartsWith(folder + "/", StringComparison.Ordinal)))
            .Select(entry => entry.File.Path)
            .ToList();
        var changed = scan.Files.Where(file => watcher?.Pending.IsOpen(file.Path) != true && _table.Find(file.Path)?.File != file).ToList();
        Apply(_reading.ReadAll(changed, path => _table.Find(path)?.Manifest), removed, watcher);
    }

    private void Run()
    {
        var watcher = _watcher!;
        var last = Update();
        while (watcher.Next(() => _isStopped, out var batch))
        {
            if (batch.Rescan)
            {
                Replace(Scan(watcher), watcher);
                OwnedChanged?.Invoke(null);
            }

            Take(watcher, batch.Files);
            var update = Update();
            if (IsSame(last, update))
                continue;
            last = update;
            _publish!(update);
        }
    }

    private void Take(FolderWatcher watcher, List<FilePlace> places)
    {
        watcher.Pending.StartReading();
        var changed = new List<FileEntry>();
        var removed = new List<string>();
        foreach (var place in places)
        {
            if (IsOwned?.Invoke(place.RealPath) == true)
            {
                removed.Add(place.Path);
                OwnedChanged?.Invoke(place.RealPath);
                continue;
            }

            var status = FileStatus.Of(place.RealPath, followLinks: false);
            var known = _table.Find(place.Path);
            if (status.Kind == FileKind.Missing)
                removed.Add(place.Path);
            else if (status.Kind == FileKind.Regular && known?.File.Status != status)
                changed.Add(_reading.Read(new ScannedFile(place.Root, place.Path, place.RealPath, status), known?.Manifest));
        }

        Apply(changed, removed, watcher);
    }

    private void Apply(IReadOnlyCollection<FileEntry> changed, List<string> removed, FolderWatcher? watcher)
    {
        watcher?.Drain();
        _table.Apply(watcher is null ? changed : [.. changed.Where(entry => IsWhole(entry, watcher))], removed);
    }

    /// <summary>
    /// What was read of a file that someone writes into does not count: its turn comes when it is closed. The kernel tells of
    /// a write only after it is done, so a file that has lost objects is looked at a second time before they go.
    /// </summary>
    private bool IsWhole(FileEntry entry, FolderWatcher watcher)
    {
        var file = entry.File;
        if (watcher.Pending.WasWritten(file.Path) || FileStatus.Of(file.RealPath, followLinks: false) != file.Status)
        {
            watcher.Pending.LookAgain(new FilePlace(file.Root, file.Path, file.RealPath), FolderWatcher.Now);
            return false;
        }

        if (_doubtful.Remove(file.Path, out var status) && status == file.Status)
            return true;
        if (!_table.WouldDrop(entry))
            return true;
        _doubtful[file.Path] = file.Status;
        watcher.Pending.LookAgain(new FilePlace(file.Root, file.Path, file.RealPath), FolderWatcher.Now);
        return false;
    }

    private SourceUpdate Update()
    {
        ManifestDiagnostic[] diagnostics = [.. _problems, .. _table.Diagnostics()];
        return new SourceUpdate
        {
            Snapshot = _table.Snapshot,
            Diagnostics = diagnostics,
            FailedFiles = [.. diagnostics.Where(finding => finding.Severity == ManifestSeverity.Error).Select(finding => finding.File).Distinct()],
            Kept = _table.Kept(),
            FileCount = _table.Files.Count,
        };
    }

    private static bool IsSame(SourceUpdate a, SourceUpdate b) =>
        ReferenceEquals(a.Snapshot, b.Snapshot) && a.FileCount == b.FileCount && a.Diagnostics.SequenceEqual(b.Diagnostics) && a.Kept.SequenceEqual(b.Kept);
}
