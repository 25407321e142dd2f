using Sluice.Controller.Files;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Clustered;

/// <summary>What a cluster holds, in the shape of every source.</summary>
internal static class ClusterUpdate
{
    /// <summary>In place of a file in findings.</summary>
    private const string Place = "cluster";

    public static SourceUpdate Of(ResourceSnapshot snapshot, IReadOnlyList<RefusedObject> refused) => new()
    {
        Snapshot = snapshot,
        Diagnostics = [.. refused.OrderBy(value => value.Kind, StringComparer.Ordinal).ThenBy(value => value.Key.ToString(), StringComparer.Ordinal).Select(Finding)],
        FailedFiles = [],
        Kept = [],
        FileCount = 0,
        Refused = refused,
    };

    private static ManifestDiagnostic Finding(RefusedObject value) =>
        new(ManifestSeverity.Error, Place, 0, 0, $"cannot be served: {value.Message}") { Kind = value.Kind, Object = value.Key.ToString() };
}
