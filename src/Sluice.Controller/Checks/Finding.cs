using Sluice.Controller.Reports;
using Sluice.Resources;

namespace Sluice.Controller.Checks;

/// <summary>Makes findings about objects; the line is the object's.</summary>
internal static class Finding
{
    public static DiagnosticReport Error(KubernetesObject value, string? field, string message) => Of("error", value, field, message);

    public static DiagnosticReport Warning(KubernetesObject value, string? field, string message) => Of("warning", value, field, message);

    public static DiagnosticReport Info(KubernetesObject value, string? field, string message) => Of("info", value, field, message);

    private static DiagnosticReport Of(string severity, KubernetesObject value, string? field, string message) =>
        new(severity, value.Source?.File ?? "", value.Source?.Line ?? 0, 0, value.Kind, value.Key.ToString(), field, message);
}
