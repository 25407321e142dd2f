namespace Sluice.Resources.Reading;

/// <summary>
/// What <see cref="ManifestReader"/> made of one file. Immutable. Given back to the reader with the file's next content, it
/// lets unchanged documents keep their object instances, and broken ones their last good version.
/// </summary>
public sealed class ManifestFile
{
    internal ManifestFile(string path) => Path = path;

    /// <summary>As given to the reader.</summary>
    public string Path { get; }

    /// <summary>The valid objects, in the order of the file.</summary>
    public IReadOnlyList<KubernetesObject> Objects => ObjectArray;

    /// <summary>
    /// Last good versions of objects that the file now holds in an invalid form, or that may stand in the part of it that
    /// cannot be read. Never one that is among <see cref="Objects"/>.
    /// </summary>
    public IReadOnlyList<KubernetesObject> Kept => KeptArray;

    /// <summary>Findings in the order of the file.</summary>
    public IReadOnlyList<ManifestDiagnostic> Diagnostics => DiagnosticArray;

    /// <summary>The objects that the file holds in an invalid form, as far as they could be told.</summary>
    public IReadOnlyList<ManifestObjectName> Failed => FailedArray;

    /// <summary>Part of the file is no YAML or JSON: which objects stand there is not known.</summary>
    public bool IsBroken { get; internal init; }

    internal KubernetesObject[] ObjectArray { get; init; } = [];

    /// <summary>Hashes of spec and metadata, for each of <see cref="Objects"/>.</summary>
    internal ObjectHashes[] Hashes { get; init; } = [];

    internal KubernetesObject[] KeptArray { get; init; } = [];

    internal ObjectHashes[] KeptHashes { get; init; } = [];

    internal ManifestDiagnostic[] DiagnosticArray { get; init; } = [];

    internal ManifestObjectName[] FailedArray { get; init; } = [];

    internal DocumentEntry[] Documents { get; init; } = [];

    /// <summary>Findings were left out: documents cannot be taken over, because theirs may be among them.</summary>
    internal bool IsIncomplete { get; init; }
}
