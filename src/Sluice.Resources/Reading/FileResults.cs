namespace Sluice.Resources.Reading;

/// <summary>Collects what the documents of one file give, while they are read in order.</summary>
/// <param name="path">The file.</param>
/// <param name="previous">The file's last version, if there is one.</param>
/// <param name="isTaken">For each document of the last version, whether the new one takes it over as it is.</param>
/// <param name="maxFindings">Errors, and other findings, to keep.</param>
internal sealed class FileResults(string path, ManifestFile? previous, bool[] isTaken, int maxFindings)
{
    private readonly List<KubernetesObject> _objects = new(previous?.ObjectArray.Length ?? 0);
    private readonly List<ObjectHashes> _hashes = new(previous?.ObjectArray.Length ?? 0);
    private readonly List<ManifestObjectName> _failed = [];
    private readonly List<DocumentEntry> _documents = new(isTaken.Length);
    private Dictionary<ManifestObjectName, (KubernetesObject Object, ObjectHashes Hashes)>? _earlier;
    private bool _isBroken;

    public string Path { get; } = path;

    public FindingList Findings { get; } = new(path, maxFindings);

    public void Add(KubernetesObject value, ObjectHashes hashes)
    {
        _objects.Add(value);
        _hashes.Add(hashes);
    }

    public void AddFailed(ManifestObjectName name) => _failed.Add(name);

    public void EndDocument(UInt128 hash, int firstLine, bool isBroken)
    {
        _isBroken |= isBroken;
        _documents.Add(new DocumentEntry(hash, firstLine, _objects.Count, Findings.Count, _failed.Count, isBroken));
    }

    /// <summary>Takes over the results of a document whose text is the same as before, at a new place.</summary>
    public void Take(int document, int firstLine)
    {
        var file = previous!;
        var entry = file.Documents[document];
        var start = document == 0 ? default : file.Documents[document - 1];
        var moved = firstLine - entry.FirstLine;
        for (var i = start.ObjectEnd; i < entry.ObjectEnd; i++)
        {
            var value = file.ObjectArray[i];
            if (moved != 0)
                value.SetSource(Path, value.Source!.Line + moved);
            Add(value, file.Hashes[i]);
        }

        for (var i = start.DiagnosticEnd; i < entry.DiagnosticEnd; i++)
        {
            var finding = file.DiagnosticArray[i];
            Findings.Add(moved == 0 ? finding : finding with { Line = finding.Line + moved });
        }

        for (var i = start.FailedEnd; i < entry.FailedEnd; i++)
            _failed.Add(file.FailedArray[i]);
        EndDocument(entry.Hash, firstLine, entry.IsBroken);
    }

    /// <summary>The last good object of that name, unless it stands in a document that is taken over. Given out once, so that no two documents share an instance.</summary>
    public bool TryTakeEarlier(ManifestObjectName name, out (KubernetesObject Object, ObjectHashes Hashes) earlier)
    {
        _earlier ??= Earlier();
        return _earlier.Remove(name, out earlier);
    }

    public ManifestFile Finish()
    {
        var kept = Keep();
        return new ManifestFile(Path)
        {
            ObjectArray = [.. _objects],
            Hashes = [.. _hashes],
            KeptArray = [.. kept.Select(pair => pair.Object)],
            KeptHashes = [.. kept.Select(pair => pair.Hashes)],
            DiagnosticArray = Findings.ToArray(),
            FailedArray = [.. _failed],
            Documents = [.. _documents],
            IsBroken = _isBroken,
            IsIncomplete = Findings.IsIncomplete,
        };
    }

    private Dictionary<ManifestObjectName, (KubernetesObject, ObjectHashes)> Earlier()
    {
        var earlier = new Dictionary<ManifestObjectName, (KubernetesObject, ObjectHashes)>();
        if (previous is null)
            return earlier;
        for (int document = 0, i = 0; document < previous.Documents.Length; document++)
        {
            for (; i < previous.Documents[document].ObjectEnd; i++)
            {
                if (!isTaken[document])
                    earlier.TryAdd(NameOf(previous.ObjectArray[i]), (previous.ObjectArray[i], previous.Hashes[i]));
            }
        }

        for (var i = 0; i < previous.KeptArray.Length; i++)
            earlier.TryAdd(NameOf(previous.KeptArray[i]), (previous.KeptArray[i], previous.KeptHashes[i]));
        return earlier;
    }

    /// <summary>Earlier objects that are not among the new ones and may only be invalid for now.</summary>
    private List<(KubernetesObject Object, ObjectHashes Hashes)> Keep()
    {
        if (previous is null || (_failed.Count == 0 && !_isBroken))
            return [];
        var kept = Earlier();
        foreach (var value in _objects)
            kept.Remove(NameOf(value));
        if (_isBroken)
            return [.. kept.Values];
        var failed = new HashSet<ManifestObjectName>(_failed);
        return [.. kept.Where(pair => failed.Contains(pair.Key)).Select(pair => pair.Value)];
    }

    private static ManifestObjectName NameOf(KubernetesObject value) => new(value.Kind, value.Key);
}
