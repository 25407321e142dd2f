using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>What a source holds at one moment.</summary>
public sealed record SourceUpdate
{
    /// <summary>Every object in force, last good versions included. What did not change is the same instance as in the update before.</summary>
    public required ResourceSnapshot Snapshot { get; init; }

    /// <summary>All findings of all files, by path and line: not only the new ones.</summary>
    public required IReadOnlyList<ManifestDiagnostic> Diagnostics { get; init; }

    /// <summary>Files with at least one error, by path.</summary>
    public required IReadOnlyList<string> FailedFiles { get; init; }

    /// <summary>Objects whose last good version is in force because the file that has them is invalid now.</summary>
    public required IReadOnlyList<ManifestObjectName> Kept { get; init; }

    /// <summary>Files that were found.</summary>
    public required int FileCount { get; init; }

    /// <summary>Objects of a Kubernetes API that exist and cannot be served. Files have none: what is wrong there is among <see cref="Diagnostics"/>.</summary>
    public IReadOnlyList<RefusedObject> Refused { get; init; } = [];

    /// <summary>Objects that were made by the Kubernetes API of an instance without a cluster.</summary>
    public int ApiObjectCount { get; init; }

    /// <summary>Whether any diagnostic is an error.</summary>
    public bool HasErrors => FailedFiles.Count > 0;
}
