using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Translation.Tests.Support;

/// <summary>Reads manifests into a snapshot, as a source would.</summary>
internal static class Manifests
{
    private static readonly DateTimeOffset Created = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Fails the test on any error of the reader.</summary>
    public static ResourceSnapshot Load(params string[] files)
    {
        var snapshot = ResourceSnapshot.Empty;
        foreach (var file in files)
            snapshot = snapshot.With(Read(file, File.ReadAllBytes(file)));
        return snapshot;
    }

    /// <summary>YAML text, replaced placeholders and all.</summary>
    public static KubernetesObject[] Read(string name, byte[] content)
    {
        var file = new ManifestReader().Read(name, content, now: Created);
        var errors = file.Diagnostics.Where(diagnostic => diagnostic.Severity == ManifestSeverity.Error).Select(diagnostic => diagnostic.ToString());
        Assert.Empty(errors);
        return [.. file.Objects];
    }
}
