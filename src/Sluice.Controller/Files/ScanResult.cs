using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>What a scan of all paths found.</summary>
internal sealed class ScanResult
{
    public List<ScannedFile> Files { get; } = [];

    /// <summary>Links to nothing, folders that cannot be listed or followed.</summary>
    public List<ManifestDiagnostic> Problems { get; } = [];

    /// <summary>Folders that exist and cannot be listed: what was known below them stays.</summary>
    public List<string> UnreadableFolders { get; } = [];

    /// <summary>Paths of the source that do not exist.</summary>
    public List<string> MissingRoots { get; } = [];
}
