using Sluice.Resources.Reading;

namespace Sluice.Controller.Reports;

/// <summary>
/// One finding about the manifests. Severity is "error", "warning" or "info"; Line and Column count from 1, 0 when they are
/// not known; Object is "namespace/name".
/// </summary>
public sealed record DiagnosticReport(
    string Severity,
    string File,
    int Line,
    int Column,
    string? Kind,
    string? Object,
    string? Field,
    string Message)
{
    /// <summary>"file:line:column: error: Kind namespace/name: field: message", leaving out what is not known.</summary>
    public override string ToString()
    {
        var place = File.Length == 0 ? "" : Line == 0 ? $"{File}: " : Column == 0 ? $"{File}:{Line}: " : $"{File}:{Line}:{Column}: ";
        var subject = Kind is null ? "" : Object is null ? $"{Kind}: " : $"{Kind} {Object}: ";
        return $"{place}{Severity}: {subject}{(Field is null ? "" : $"{Field}: ")}{Message}";
    }

    public static IReadOnlyList<DiagnosticReport> Of(IReadOnlyList<ManifestDiagnostic> diagnostics) => [.. diagnostics.Select(diagnostic => new DiagnosticReport(
        diagnostic.Severity switch
        {
            ManifestSeverity.Error => "error",
            ManifestSeverity.Warning => "warning",
            _ => "info",
        },
        diagnostic.File,
        diagnostic.Line,
        diagnostic.Column,
        diagnostic.Kind,
        diagnostic.Object,
        diagnostic.Field,
        diagnostic.Message))];
}
