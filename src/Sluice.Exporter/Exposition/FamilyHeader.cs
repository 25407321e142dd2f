namespace Sluice.Exporter.Exposition;

/// <summary>The lines before the samples of a family.</summary>
internal static class FamilyHeader
{
    private const string InfoSuffix = "_info";
    private const string TotalSuffix = "_total";

    /// <summary>What a family made of objects is: an info where its name says so, else a gauge, whatever it says.</summary>
    public static MetricType TypeOf(string name) => name.EndsWith(InfoSuffix, StringComparison.Ordinal) ? MetricType.Info : MetricType.Gauge;

    public static string Of(string name, MetricType type, string help, ExpositionFormat format)
    {
        var isText = format == ExpositionFormat.Text;
        var family = (isText, type) switch
        {
            (false, MetricType.Info) => name[..^InfoSuffix.Length],
            (false, MetricType.Counter) => name[..^TotalSuffix.Length],
            _ => name,
        };
        var typeName = type switch
        {
            MetricType.Counter => "counter",
            MetricType.Info when !isText => "info",
            _ => "gauge",
        };
        return $"# HELP {family} {Escape(help, isText)}\n# TYPE {family} {typeName}\n";
    }

    private static string Escape(string help, bool isText)
    {
        var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isText ? escaped : escaped.Replace("\"", "\\\"", StringComparison.Ordinal);
    }
}
