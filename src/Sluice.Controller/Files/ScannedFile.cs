using Sluice.Controller.Files.Native;

namespace Sluice.Controller.Files;

/// <summary>A manifest that a scan found.</summary>
/// <param name="Root">Which of the source's paths it was found under.</param>
/// <param name="Path">For people: the source's path, and the way from there.</param>
/// <param name="RealPath">Absolute and free of links.</param>
/// <param name="Status">Tells whether the content is the one of before.</param>
internal sealed record ScannedFile(int Root, string Path, string RealPath, FileStatus Status) : IComparable<ScannedFile>
{
    /// <summary>The order in which files win when they give the same object: the source's paths as given, then by name.</summary>
    public int CompareTo(ScannedFile? other)
    {
        if (other is null)
            return 1;
        return Root != other.Root ? Root.CompareTo(other.Root) : string.CompareOrdinal(Path, other.Path);
    }
}
