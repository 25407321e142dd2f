using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>
/// The files and the snapshot that they make together. Keeps no second index of the objects: an object's source says which
/// file gave it, and only objects that several places give are remembered apart. Not thread-safe.
/// </summary>
internal sealed class FileTable
{
    private readonly Dictionary<string, FileEntry> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<ManifestObjectName, List<Claim>> _contested = [];

    /// <summary>The few files that there is something to say about, so that telling costs nothing for the others.</summary>
    private readonly Dictionary<string, FileEntry> _notable = new(StringComparer.Ordinal);

    public ResourceSnapshot Snapshot { get; private set; } = ResourceSnapshot.Empty;

    public IReadOnlyCollection<FileEntry> Files => _files.Values;

    public FileEntry? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Puts new versions of files in place of old ones, all at once: an object that moves from one file to another is never gone or given twice.</summary>
    public void Apply(IReadOnlyCollection<FileEntry> changed, IReadOnlyCollection<string> removed)
    {
        var builder = new ResourceSnapshotBuilder(Snapshot);
        var added = new List<(ScannedFile, KubernetesObject)>();
        foreach (var path in removed)
        {
            if (!_files.Remove(path, out var old))
                continue;
            _notable.Remove(path);
            foreach (var value in InForce(old.Manifest))
                Withdraw(builder, old.File, value);
        }

        foreach (var entry in changed)
        {
            var old = _files.GetValueOrDefault(entry.File.Path);
            var before = old is null ? [] : InForce(old.Manifest);
            var after = InForce(entry.Manifest);
            _files[entry.File.Path] = entry;
            if (entry.Manifest.Diagnostics.Count > 0 || entry.Manifest.Kept.Count > 0)
                _notable[entry.File.Path] = entry;
            else
                _notable.Remove(entry.File.Path);
            Compare(before, after, value => Withdraw(builder, old!.File, value), value => added.Add((entry.File, value)));
        }

        foreach (var (file, value) in added)
            Give(builder, file, value);
        Snapshot = builder.ToSnapshot();
    }

    /// <summary>All findings, those about objects that are given twice included, in the order of the files.</summary>
    public List<ManifestDiagnostic> Diagnostics()
    {
        var findings = new List<(ScannedFile File, ManifestDiagnostic Finding)>();
        foreach (var entry in _notable.Values)
        {
            foreach (var finding in entry.Manifest.Diagnostics)
                findings.Add((entry.File, finding));
        }

        foreach (var claims in _contested.Values)
        {
            var winner = claims.Min();
            foreach (var claim in claims)
            {
                if (!ReferenceEquals(claim.Object, winner.Object))
                    findings.Add((claim.File, GivenTwice(claim.Object, winner.Object)));
            }
        }

        return [.. findings.OrderBy(pair => pair.File).ThenBy(pair => pair.Finding.Line).ThenBy(pair => pair.Finding.Column).Select(pair => pair.Finding)];
    }

    public List<ManifestObjectName> Kept()
    {
        var kept = new List<ManifestObjectName>();
        foreach (var entry in _notable.Values)
        {
            foreach (var value in entry.Manifest.Kept)
                kept.Add(new ManifestObjectName(value.Kind, value.Key));
        }

        return kept;
    }

    /// <summary>Whether objects that the file gives now would be gone with this version of it.</summary>
    public bool WouldDrop(FileEntry next)
    {
        if (!_files.TryGetValue(next.File.Path, out var current))
            return false;
        var gone = new HashSet<ManifestObjectName>();
        var came = new List<ManifestObjectName>();
        Compare(InForce(current.Manifest), InForce(next.Manifest), value => gone.Add(NameOf(value)), value => came.Add(NameOf(value)));
        gone.ExceptWith(came);
        return gone.Count > 0;
    }

    private static KubernetesObject[] InForce(ManifestFile manifest) =>
        manifest.Kept.Count == 0 && manifest.Objects is KubernetesObject[] objects ? objects : [.. manifest.Objects, .. manifest.Kept];

    /// <summary>Finds the instances that came and went; an edit in the middle of a long file leaves its start and end alone.</summary>
    private static void Compare(KubernetesObject[] before, KubernetesObject[] after, Action<KubernetesObject> gone, Action<KubernetesObject> came)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && ReferenceEquals(before[start], after[start]))
            start++;
        int end = before.Length, newEnd = after.Length;
        while (end > start && newEnd > start && ReferenceEquals(before[end - 1], after[newEnd - 1]))
            (end, newEnd) = (end - 1, newEnd - 1);
        var stay = new HashSet<KubernetesObject>(after[start..newEnd], ReferenceEqualityComparer.Instance);
        for (var i = start; i < end; i++)
        {
            if (!stay.Remove(before[i]))
                gone(before[i]);
        }

        for (var i = start; i < newEnd; i++)
        {
            if (stay.Remove(after[i]))
                came(after[i]);
        }
    }

    private void Give(ResourceSnapshotBuilder builder, ScannedFile file, KubernetesObject value)
    {
        var name = NameOf(value);
        if (!_contested.TryGetValue(name, out var claims))
        {
            if (builder.Find(value) is not { } present || ReferenceEquals(present, value))
            {
                builder.Set(value);
                return;
            }

            _contested[name] = claims = [new Claim(_files[present.Source!.File].File, present)];
        }

        claims.Add(new Claim(file, value));
        builder.Set(claims.Min().Object);
    }

    private void Withdraw(ResourceSnapshotBuilder builder, ScannedFile file, KubernetesObject value)
    {
        var name = NameOf(value);
        if (!_contested.TryGetValue(name, out var claims))
        {
            if (ReferenceEquals(builder.Find(value), value))
                builder.Remove(value);
            return;
        }

        claims.RemoveAll(claim => ReferenceEquals(claim.Object, value) && claim.File.Path == file.Path);
        builder.Set(claims.Min().Object);
        if (claims.Count == 1)
            _contested.Remove(name);
    }

    private static ManifestDiagnostic GivenTwice(KubernetesObject value, KubernetesObject winner) =>
        new(ManifestSeverity.Error, value.Source!.File, value.Source.Line, 1, $"is given a second time; the one of {winner.Source} is in force: remove one of them")
        {
            Kind = value.Kind,
            Object = value.Key.ToString(),
        };

    private static ManifestObjectName NameOf(KubernetesObject value) => new(value.Kind, value.Key);
}
