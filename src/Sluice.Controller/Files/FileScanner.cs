using System.IO.Enumeration;
using Sluice.Controller.Files.Native;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>
/// Finds the manifests below the source's paths. Links are followed, to files and to folders; a real file or folder counts
/// once, at the first path that leads to it, so that circles end.
/// </summary>
internal sealed class FileScanner(IReadOnlyList<string> roots, IFolderObserver? observer)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private ScanResult _result = new();

    public ScanResult Scan()
    {
        _seen.Clear();
        _result = new ScanResult();
        for (var i = 0; i < roots.Count; i++)
            ScanRoot(i, roots[i]);
        _result.Files.Sort();
        return _result;
    }

    private void ScanRoot(int root, string path)
    {
        var real = Resolve(Path.GetFullPath(path));
        var kind = real is null ? FileKind.Missing : FileStatus.Of(real, followLinks: false).Kind;
        switch (kind)
        {
            case FileKind.Folder:
                ScanFolder(root, path, real!);
                break;
            case FileKind.Regular:
                AddFile(root, path, real!, isLinked: true);
                break;
            case FileKind.Missing:
                _result.MissingRoots.Add(path);
                Problem(ManifestSeverity.Error, path, "no such file or folder");
                break;
            default:
                Problem(ManifestSeverity.Error, path, "is neither a file nor a folder");
                break;
        }
    }

    private void ScanFolder(int root, string path, string real)
    {
        if (!_seen.Add(real))
            return;
        if (observer?.Folder(root, path, real) is { } reason)
            Problem(ManifestSeverity.Warning, path, $"changes in this folder are not followed: {reason}");
        List<(string Name, bool IsFolder, bool IsLink)> entries;
        try
        {
            entries = [.. new FileSystemEnumerable<(string, bool, bool)>(
                real,
                static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(real))
            {
                _result.UnreadableFolders.Add(path);
                Problem(ManifestSeverity.Error, path, $"the folder cannot be listed: {exception.Message}");
            }

            return;
        }

        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var (name, isFolder, isLink) in entries)
        {
            if (ManifestPath.IsHidden(name))
                continue;
            var childPath = ManifestPath.Join(path, name);
            var childReal = ManifestPath.Join(real, name);
            if (isLink)
                ScanLink(root, childPath, childReal);
            else if (isFolder)
                ScanFolder(root, childPath, childReal);
            else if (ManifestPath.IsManifest(name))
                AddFile(root, childPath, childReal, isLinked: false);
        }
    }

    private void ScanLink(int root, string path, string link)
    {
        var real = Resolve(link);
        var kind = real is null ? FileKind.Missing : FileStatus.Of(real, followLinks: false).Kind;
        if (kind == FileKind.Folder)
            ScanFolder(root, path, real!);
        else if (!ManifestPath.IsManifest(Path.GetFileName(path)))
            return;
        else if (kind == FileKind.Regular)
            AddFile(root, path, real!, isLinked: true);
        else if (kind == FileKind.Missing)
            Problem(ManifestSeverity.Warning, path, "is a link that leads to no file");
    }

    private void AddFile(int root, string path, string real, bool isLinked)
    {
        if (!_seen.Add(real))
            return;
        if (isLinked)
            observer?.File(new FilePlace(root, path, real));
        var status = FileStatus.Of(real, followLinks: false);
        if (status.Kind == FileKind.Regular)
            _result.Files.Add(new ScannedFile(root, path, real, status));
        else if (status.Kind == FileKind.Other)
            Problem(ManifestSeverity.Warning, path, "is no regular file and is not read");
    }

    private string? Resolve(string path) => LinkResolver.Resolve(path, (folder, name) => observer?.Step(folder, name));

    private void Problem(ManifestSeverity severity, string path, string message) =>
        _result.Problems.Add(new ManifestDiagnostic(severity, path, 0, 0, message));
}
