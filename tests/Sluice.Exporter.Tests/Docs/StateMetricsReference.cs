using System.Text;
using Sluice.Exporter.Exposition;
using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Tests.Docs;

/// <summary>Writes the part of docs/reference/metrics.md that is made of the code.</summary>
internal static class StateMetricsReference
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("Every sample of an object has `customresource_group`, `customresource_kind`, `customresource_version`, `name` and, but for GatewayClasses, `namespace`.\n");
        text.Append("The tables have the further labels with the fields that they show; `[]` is the entry that the sample speaks of.\n");
        foreach (var kind in StateKinds.GatewayApi)
            WriteKind(text, kind);
        text.Append("\nWith `--kuadrant`:\n");
        foreach (var kind in StateKinds.Kuadrant)
            WriteKind(text, kind);
        WriteOwn(text);
        return text.ToString();
    }

    private static void WriteKind(StringBuilder text, StateKind kind)
    {
        text.Append($"\n### {kind.Kind}\n\n`{kind.Group}`, `customresource_version=\"{kind.VersionLabel}\"`");
        foreach (var label in kind.MoreLabels)
            text.Append($", on every sample `{label.Name}` (`{label.Path}`)");
        text.Append("\n\n| family | type | labels | value |\n| --- | --- | --- | --- |\n");
        foreach (var family in kind.Families)
        {
            var labels = family.IsOfLabels ? "every label of the object" : string.Join(", ", family.OwnLabels.Select(name => Describe(family, name)));
            text.Append($"| `{family.Name}` | {TypeOf(FamilyHeader.TypeOf(family.Name))} | {labels} | {family.Value.Describe()} |\n");
        }
    }

    private static string Describe(MetricFamily family, string label)
    {
        var paths = family.Sources.SelectMany(source => source.Labels).Where(one => one.Name == label).Select(one => $"`{one.Path}`").Distinct();
        return $"`{label}` ({string.Join(" or ", paths)})";
    }

    private static void WriteOwn(StringBuilder text)
    {
        text.Append("\n### The exporter itself\n\n| family | type | |\n| --- | --- | --- |\n");
        KindObjects[] kinds = [.. StateKinds.GatewayApi.Select(kind => new KindObjects(kind, [], "v1", null, TimeSpan.Zero))];
        foreach (var family in ScrapeMetrics.Of(kinds, TimeSpan.Zero, "1"))
            text.Append($"| `{family.Name}` | {TypeOf(family.Type)} | {family.Help} |\n");
    }

    private static string TypeOf(MetricType type) => type.ToString().ToLowerInvariant();
}
