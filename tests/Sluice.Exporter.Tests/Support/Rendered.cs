using System.Text;
using System.Text.Json.Nodes;
using Sluice.Exporter.Exposition;
using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;
using Sluice.Resources.Reading;
using Sluice.Resources.Schemas;

namespace Sluice.Exporter.Tests.Support;

/// <summary>Objects rendered without a server.</summary>
internal static class Rendered
{
    /// <summary>The objects of a manifest, with the defaults that an API server fills in where there is a schema.</summary>
    public static IReadOnlyList<JsonObject> Manifest(string yaml, bool withDefaults = true)
    {
        JsonObject[] objects = [.. ManifestJson.Read("case.yaml", Encoding.UTF8.GetBytes(yaml)).Select(item => item.Value)];
        foreach (var item in objects.Where(_ => withDefaults))
        {
            if (KindSchemas.Find(((string)item["apiVersion"]!).Split('/')[0], (string)item["kind"]!) is { } schema)
                Defaulting.Apply(schema, item);
        }

        return objects;
    }

    public static ScrapeResult Result(params IEnumerable<JsonObject> objects)
    {
        var kinds = objects.GroupBy(item => StateKinds.Find((string)item["kind"]!)!).Select(group => Collect(group.Key, group.Select(item => Encoding.UTF8.GetBytes(item.ToJsonString()))));
        return new ScrapeResult([], [.. kinds]);
    }

    /// <summary>Of objects as they travel, which may be no valid JSON texts.</summary>
    public static ScrapeResult Raw(StateKind kind, params IEnumerable<byte[]> objects) => new([], [Collect(kind, objects)]);

    /// <summary>All samples, through both formats and their strict parsers.</summary>
    public static IReadOnlyList<ParsedSample> Samples(ScrapeResult result)
    {
        var samples = StrictParser.Text(Bytes(result, ExpositionFormat.Text)).SelectMany(family => family.Samples).ToList();
        var same = StrictParser.OpenMetrics(Bytes(result, ExpositionFormat.OpenMetrics)).SelectMany(family => family.Samples);
        Assert.Equal(samples.Select(sample => sample.ToString()), same.Select(sample => sample.ToString()));
        return samples;
    }

    public static IReadOnlyList<ParsedSample> Samples(string yaml, bool withDefaults = true) => Samples(Result(Manifest(yaml, withDefaults)));

    public static byte[] Bytes(ScrapeResult result, ExpositionFormat format) => [.. ExpositionWriter.Parts(result, format).SelectMany(part => part.ToArray())];

    private static KindObjects Collect(StateKind kind, IEnumerable<byte[]> objects)
    {
        var collector = new ObjectCollector(kind, ExporterLimits.Default);
        foreach (var item in objects)
            collector.Add(item);
        Assert.Null(collector.Problem);
        return new KindObjects(kind, collector.Objects, "v1", null, TimeSpan.Zero);
    }
}
