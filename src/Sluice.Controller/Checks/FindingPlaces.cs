using Sluice.Controller.Reports;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Checks;

/// <summary>Moves findings from the line of their object to the line of their field, by looking into the files again.</summary>
internal static class FindingPlaces
{
    public static IEnumerable<DiagnosticReport> Refine(IReadOnlyList<DiagnosticReport> findings)
    {
        var locators = findings.Where(CanRefine).GroupBy(finding => finding.File).ToDictionary(file => file.Key, Locate);
        foreach (var finding in findings)
        {
            var place = CanRefine(finding) ? locators[finding.File]?.Find(finding.Line, finding.Field!) : null;
            yield return place is { } found ? finding with { Line = found.Line, Column = found.Column } : finding;
        }
    }

    private static bool CanRefine(DiagnosticReport finding) => finding is { Column: 0, Line: > 0, Field: not null };

    private static FieldLocator? Locate(IGrouping<string, DiagnosticReport> file)
    {
        try
        {
            return new FieldLocator(file.Key, File.ReadAllBytes(file.Key), file.Select(finding => (finding.Line, finding.Field!)).Distinct());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file has gone since it was read: the object's line is still true of what was checked.
            return null;
        }
    }
}
