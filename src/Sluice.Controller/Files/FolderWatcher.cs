using System.Diagnostics;
using Sluice.Controller.Files.Native;

namespace Sluice.Controller.Files;

/// <summary>Keeps inotify watches on what a scan came across, and turns events into <see cref="PendingChanges"/>.</summary>
internal sealed class FolderWatcher : IFolderObserver, IDisposable
{
    private const InotifyEvents Structure = InotifyEvents.Create | InotifyEvents.Delete | InotifyEvents.MovedFrom | InotifyEvents.MovedTo;
    private const InotifyEvents Self = InotifyEvents.DeleteSelf | InotifyEvents.MoveSelf;
    private const InotifyEvents Content = InotifyEvents.Modify | InotifyEvents.CloseWrite | InotifyEvents.Attributes;

    private readonly Inotify _inotify = new();
    private readonly Dictionary<int, WatchedFolder> _folders = [];
    private readonly Dictionary<string, int> _watches = new(StringComparer.Ordinal);
    private readonly Action<InotifyEvent> _take;
    private (uint Cookie, FilePlace File) _movedFrom;
    private int _scan;
    private bool _isRescanWanted;

    public FolderWatcher() => _take = Take;

    public PendingChanges Pending { get; } = new();

    public static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    /// <summary>Call before a scan with this observer.</summary>
    public void StartScan()
    {
        _scan++;
        foreach (var folder in _folders.Values)
        {
            folder.Path = null;
            folder.Names.Clear();
        }

        _watches.Clear();
    }

    /// <summary>Call after the scan: folders that it did not come to are no longer watched.</summary>
    public void EndScan()
    {
        foreach (var (watch, folder) in _folders)
        {
            if (folder.Scan == _scan)
                continue;
            _folders.Remove(watch);
            _inotify.Remove(watch);
        }
    }

    public string? Folder(int root, string path, string realPath)
    {
        if (Watch(realPath, Structure | Self | Content, out var reason) is not { } folder)
            return reason;
        folder.Root = root;
        folder.Path = path;
        return null;
    }

    public void Step(string realFolder, string name)
    {
        if (Watch(realFolder, Structure | Self, out _) is { } folder)
            folder.Names.TryAdd(name, null);
    }

    public void File(FilePlace file)
    {
        if (Watch(Path.GetDirectoryName(file.RealPath)!, Structure | Self | Content, out _) is { } folder)
            folder.Names[Path.GetFileName(file.RealPath)] = file;
    }

    /// <summary>Waits for changes that are due; false when <see cref="Wake"/> was called instead.</summary>
    public bool Next(Func<bool> isStopped, out ChangeBatch batch)
    {
        while (true)
        {
            Drain();
            if (Interlocked.Exchange(ref _isRescanWanted, false))
                Pending.Rescan(Now);
            if (isStopped())
            {
                batch = default;
                return false;
            }

            if (Pending.TryTake(Now, out batch))
                return true;
            var wait = Pending.WaitTime(Now);
            _inotify.Wait(wait < 0 ? -1 : (int)((wait + 999) / 1000));
        }
    }

    /// <summary>Takes in the events that are there.</summary>
    public void Drain() => _inotify.Read(_take);

    /// <summary>Has everything looked at anew. May be called on any thread.</summary>
    public void Rescan()
    {
        Volatile.Write(ref _isRescanWanted, true);
        Wake();
    }

    public void Wake() => _inotify.Wake();

    public void Dispose() => _inotify.Dispose();

    private WatchedFolder? Watch(string realPath, InotifyEvents events, out string? reason)
    {
        reason = null;
        if (_watches.TryGetValue(realPath, out var known) && events == (Structure | Self))
            return _folders[known];
        var watch = _inotify.Add(realPath, events | InotifyEvents.AddToMask, out reason);
        if (watch < 0)
            return null;
        if (!_folders.TryGetValue(watch, out var folder))
            _folders[watch] = folder = new WatchedFolder();
        folder.RealPath = realPath;
        folder.Scan = _scan;
        _watches[realPath] = watch;
        return folder;
    }

    private void Take(InotifyEvent change)
    {
        var now = Now;
        if (change.Has(InotifyEvents.QueueOverflow))
            Pending.Rescan(now);
        if (!_folders.TryGetValue(change.Watch, out var folder))
            return;
        if (change.Has(InotifyEvents.Ignored))
        {
            _folders.Remove(change.Watch);
            _watches.Remove(folder.RealPath);
        }

        if (change.Has(InotifyEvents.Ignored | InotifyEvents.Unmount | Self))
            Pending.Rescan(now);
        else if (folder.Names.TryGetValue(change.Name, out var file))
            TakeNamed(change, file, now);
        else if (folder.Path is not null && !ManifestPath.IsHidden(change.Name))
            TakeEntry(folder, change, now);
    }

    private void TakeNamed(InotifyEvent change, FilePlace? file, long now)
    {
        if (change.Has(Structure))
            Pending.Rescan(now);
        else if (file is { } place)
            TakeFile(change, place, now);
    }

    private void TakeEntry(WatchedFolder folder, InotifyEvent change, long now)
    {
        var real = ManifestPath.Join(folder.RealPath, change.Name);
        if (change.Has(InotifyEvents.IsFolder))
            Pending.Rescan(now);
        else if (change.Has(InotifyEvents.Create | InotifyEvents.MovedTo) && FileStatus.Of(real, followLinks: false).Kind == FileKind.Link)
            Pending.Rescan(now);
        else if (ManifestPath.IsManifest(change.Name))
            TakeFile(change, new FilePlace(folder.Root, ManifestPath.Join(folder.Path!, change.Name), real), now);
    }

    private void TakeFile(InotifyEvent change, FilePlace file, long now)
    {
        if (change.Has(InotifyEvents.MovedFrom))
            _movedFrom = (change.Cookie, file);
        else if (change.Has(InotifyEvents.MovedTo) && change.Cookie == _movedFrom.Cookie)
            Pending.Changed(_movedFrom.File, now);

        if (change.Has(InotifyEvents.Delete | InotifyEvents.MovedFrom))
            Pending.Gone(file, now);
        else if (change.Has(InotifyEvents.MovedTo | InotifyEvents.CloseWrite))
            Pending.Changed(file, now);
        else if (change.Has(InotifyEvents.Attributes))
            Pending.Touched(file, now);
        else if (change.Has(InotifyEvents.Modify) || FileStatus.Of(file.RealPath, followLinks: false).Links <= 1)
            Pending.BeingWritten(file, now);
        else
            Pending.Changed(file, now);
    }
}
