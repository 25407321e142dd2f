using Sluice.Controller.Files;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Clustered;

/// <summary>What a cluster holds, in the shape of every source.</summary>
internal static class ClusterUpdate
{
    /// <summary>In place of a file in findings.</summary>
    private const string Place = "cluster";

    /// <param name="snapshot">What is ours.</param>
    /// <param name="refused">What cannot be served.</param>
    /// <param name="missingClasses">See <see cref="ClusterState.MissingClasses"/>.</param>
    public static SourceUpdate Of(ResourceSnapshot snapshot, IReadOnlyList<RefusedObject> refused, IReadOnlyList<string>? missingClasses = null) => new()
    {
        Snapshot = snapshot,
        Diagnostics = [.. (missingClasses ?? []).Select(Missing), .. refused.OrderBy(value => value.Kind, StringComparer.Ordinal).ThenBy(value => value.Key.ToString(), StringComparer.Ordinal).Select(Finding)],
        FailedFiles = [],
        Kept = [],
        FileCount = 0,
        Refused = refused,
    };

    private static ManifestDiagnostic Missing(string name) =>
        new(ManifestSeverity.Warning, Place, 0, 0, "is gone, or has errors: its Gateways are served as they were until it is back or they name another class") { Kind = "GatewayClass", Object = name };

    private static ManifestDiagnostic Finding(RefusedObject value) =>
        new(ManifestSeverity.Error, Place, 0, 0, $"cannot be served: {value.Message}") { Kind = value.Kind, Object = value.Key.ToString() };
}
