using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Translation;

namespace Sluice.Controller.Checks;

/// <summary>What the translation noticed beside conditions.</summary>
internal static class NoticeCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests) => manifests.Translation.Notices.Select(Of);

    private static DiagnosticReport Of(Notice notice)
    {
        var space = notice.Subject.IndexOf(' ', StringComparison.Ordinal);
        return new DiagnosticReport(
            notice.IsWarning ? "warning" : "info",
            notice.Source?.File ?? "",
            notice.Source?.Line ?? 0,
            0,
            space < 0 ? notice.Subject : notice.Subject[..space],
            space < 0 ? null : notice.Subject[(space + 1)..],
            null,
            notice.Message);
    }
}
