using Sluice.Resources;

namespace Sluice.Controller.Files;

/// <summary>One of several files, or places in one file, that give the same object.</summary>
internal readonly record struct Claim(ScannedFile File, KubernetesObject Object) : IComparable<Claim>
{
    /// <summary>The first one wins.</summary>
    public int CompareTo(Claim other)
    {
        var byFile = File.CompareTo(other.File);
        return byFile != 0 ? byFile : Object.Source!.Line.CompareTo(other.Object.Source!.Line);
    }
}
