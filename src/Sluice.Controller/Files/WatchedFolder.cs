namespace Sluice.Controller.Files;

/// <summary>A folder that inotify watches, and what about it counts.</summary>
internal sealed class WatchedFolder
{
    /// <summary>Where it is: a folder that moves keeps its watch.</summary>
    public string RealPath { get; set; } = "";

    /// <summary>The path by which the manifests in the folder are known; null when only <see cref="Names"/> count.</summary>
    public string? Path { get; set; }

    public int Root { get; set; }

    /// <summary>Names that links or the source's paths lead through; with a file when the way ends there.</summary>
    public Dictionary<string, FilePlace?> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The scan that last asked for this folder.</summary>
    public int Scan { get; set; }
}
