using Sluice.Controller.Offline;
using Sluice.Controller.Reports;

namespace Sluice.Controller.Checks;

/// <summary>
/// Everything that is wrong, or most likely not meant, in manifests: what reading found, what the statuses say, and what only
/// a look at all objects together shows.
/// </summary>
public static class ManifestCheck
{
    private static readonly Func<OfflineManifests, IEnumerable<DiagnosticReport>>[] Checks =
    [
        manifests => DiagnosticReport.Of(manifests.Update.Diagnostics),
        ConditionCheck.Run,
        NoticeCheck.Run,
        ParentCheck.Run,
        HostnameCheck.Run,
        BackendCheck.Run,
        ShadowedRuleCheck.Run,
        StreamCheck.Run,
        PolicyCheck.Run,
    ];

    /// <summary>In order of files and lines.</summary>
    public static IReadOnlyList<DiagnosticReport> Run(OfflineManifests manifests) =>
    [
        .. FindingPlaces.Refine([.. Checks.SelectMany(check => check(manifests)).Distinct()])
            .OrderBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column),
    ];
}
