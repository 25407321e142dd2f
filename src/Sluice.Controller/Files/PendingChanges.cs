namespace Sluice.Controller.Files;

/// <summary>
/// What changed and was not read yet, and when to read it: after a quiet moment, soon at the latest, and not while someone
/// is in the middle of writing. Times are microseconds of any clock, given by the caller.
/// </summary>
internal sealed class PendingChanges
{
    /// <summary>No event for this long: what came together is together.</summary>
    public const long Quiet = 5_000;

    /// <summary>A change never waits longer than this for quiet.</summary>
    public const long Longest = 20_000;

    /// <summary>Editors delete or move a file away and write it anew: that long a file may be gone before its objects go.</summary>
    public const long Grace = 50_000;

    /// <summary>A file that was written to, not closed, and left alone for this long is read as it is.</summary>
    public const long OpenLimit = 2_000_000;

    private readonly Dictionary<string, FilePlace> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FilePlace File, long Since)> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FilePlace File, long Since)> _later = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private long _first = -1;
    private long _last;
    private bool _rescan;

    /// <summary>The file's content is complete: it was closed, moved here or linked.</summary>
    public void Changed(FilePlace file, long now)
    {
        _open.Remove(file.Path);
        _later.Remove(file.Path);
        _changed[file.Path] = file;
        Count(now);
    }

    /// <summary>The file's mode or times changed: content that is being written is not complete because of that.</summary>
    public void Touched(FilePlace file, long now)
    {
        if (!_open.ContainsKey(file.Path))
            Changed(file, now);
    }

    /// <summary>Someone has the file open and writes.</summary>
    public void BeingWritten(FilePlace file, long now)
    {
        _changed.Remove(file.Path);
        _later.Remove(file.Path);
        _open[file.Path] = (file, now);
        _written.Add(file.Path);
    }

    /// <summary>The file is gone, for good or until it is written anew: to be looked at after <see cref="Grace"/>.</summary>
    public void Gone(FilePlace file, long now)
    {
        _open.Remove(file.Path);
        _changed.Remove(file.Path);
        _later[file.Path] = (file, now);
    }

    /// <summary>To be looked at once more after <see cref="Grace"/>, unless it changes before.</summary>
    public void LookAgain(FilePlace file, long now)
    {
        if (!_open.ContainsKey(file.Path) && !_changed.ContainsKey(file.Path))
            _later[file.Path] = (file, now);
    }

    /// <summary>Folders or links changed, or events were lost.</summary>
    public void Rescan(long now)
    {
        _rescan = true;
        Count(now);
    }

    /// <summary>Whether the file is in the middle of being written.</summary>
    public bool IsOpen(string path) => _open.ContainsKey(path);

    /// <summary>From here on, <see cref="WasWritten"/> tells of writes.</summary>
    public void StartReading() => _written.Clear();

    /// <summary>Whether someone wrote into the file since <see cref="StartReading"/>: what was read may be half of it.</summary>
    public bool WasWritten(string path) => _written.Contains(path);

    /// <summary>Until <see cref="TryTake"/> has something: 0 for now, -1 for not before the next event.</summary>
    public long WaitTime(long now)
    {
        var due = long.MaxValue;
        if (_first >= 0)
            due = Math.Min(_last + Quiet, _first + Longest);
        foreach (var (_, since) in _open.Values)
            due = Math.Min(due, since + OpenLimit);
        foreach (var (_, since) in _later.Values)
            due = Math.Min(due, since + Grace);
        return due == long.MaxValue ? -1 : Math.Max(0, due - now);
    }

    /// <summary>Takes what is due. Files that are gone may be back by now: look.</summary>
    public bool TryTake(long now, out ChangeBatch batch)
    {
        batch = default;
        if (WaitTime(now) != 0)
            return false;
        Expire(_open, now - OpenLimit, file => _changed[file.Path] = file);
        var files = new List<FilePlace>(_changed.Values);
        Expire(_later, now - Grace, files.Add);

        batch = new ChangeBatch(_rescan, files);
        _changed.Clear();
        _rescan = false;
        _first = -1;
        return true;
    }

    private void Count(long now)
    {
        if (_first < 0)
            _first = now;
        _last = now;
    }

    private static void Expire(Dictionary<string, (FilePlace File, long Since)> files, long until, Action<FilePlace> take)
    {
        foreach (var (path, (file, since)) in files)
        {
            if (since > until)
                continue;
            take(file);
            files.Remove(path);
        }
    }
}
