using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Exporter.Exposition;
using Sluice.Exporter.Families;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Families;

/// <summary>Every sample of the metrics that are matched, label for label.</summary>
public sealed class ReferenceCasesTests
{
    public static TheoryData<int> Full => [.. Enumerable.Range(0, SharedMetrics.Cases("full").Count())];

    public static TheoryData<int> Asserted => [.. Enumerable.Range(0, SharedMetrics.Cases("asserted").Count())];

    public static TheoryData<string> RfcCases => [.. SharedMetrics.Cases("rfc_cases").Select(item => item.GetProperty("id").GetString()!)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Full))]
    public void DerivedSample_OfAManifest_IsThere(int index)
    {
        var expected = SharedMetrics.Cases("full").ElementAt(index);
        var family = expected.GetProperty("metric").GetString();
        var manifest = expected.GetProperty("manifest").GetString()!;
        var samples = Rendered.Samples(Rendered.Result(Load(manifest))).Where(sample => sample.Name == family).ToArray();

        var all = SharedMetrics.Cases("full").Where(item => item.GetProperty("manifest").GetString() == manifest && item.GetProperty("metric").GetString() == family && !item.TryGetProperty("no_sample", out _));
        Assert.Equal(all.Select(Line), samples.Select(sample => sample.ToString()));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Asserted))]
    public void AssertedCheck_OfTheScrape_Holds(int index)
    {
        var expected = SharedMetrics.Cases("asserted").ElementAt(index);
        var family = expected.GetProperty("metric").GetString();
        var sample = Rendered.Samples(All()).Where(sample => sample.Name == family).ElementAt(expected.GetProperty("index").GetInt32());

        foreach (var (label, value) in SharedMetrics.Labels(expected.GetProperty("labels")))
            Assert.Equal(value, sample[label]);
        if (expected.GetProperty("value_kind").GetString() == "literal")
            Assert.Equal(expected.GetProperty("value").GetString(), sample.Text);
        else if (expected.GetProperty("value_kind").GetString() == "unix_seconds_1_to_now")
            Assert.InRange(sample.Value, 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Fact]
    public void Exposition_OfAllManifests_IsTheDerivedOne()
    {
        var expected = File.ReadAllLines(SharedMetrics.Path("expected/e2e.derived.prom"));
        var families = expected.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToHashSet();

        var written = Encoding.UTF8.GetString(Rendered.Bytes(All(), ExpositionFormat.Text)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => families.Contains(line.StartsWith('#') ? line.Split(' ')[2] : line.Split('{')[0]));

        Assert.Equal(expected.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(RfcCases))]
    public void RfcExample_GivesItsSamples(string id)
    {
        var example = SharedMetrics.Cases("rfc_cases").Single(item => item.GetProperty("id").GetString() == id);
        var item = example.TryGetProperty("input", out var input) ? [(JsonObject)JsonNode.Parse(input.GetRawText())!] : Load(Path.GetFileName(example.GetProperty("input_manifest").GetString()!));
        var expected = example.GetProperty("expected").EnumerateArray().ToArray();

        var samples = Rendered.Samples(Rendered.Result(item)).Where(sample => sample.Name == expected[0].GetProperty("metric").GetString()).ToArray();

        Assert.Equal(expected.Length, samples.Length);
        foreach (var wanted in expected)
        {
            var labels = SharedMetrics.Labels(wanted.GetProperty("labels"));
            var sample = Assert.Single(samples, sample => labels.All(label => sample.Labels.GetValueOrDefault(label.Key) == label.Value));
            Assert.Equal(wanted.GetProperty("value").GetDouble(), sample.Value);
        }
    }

    [Fact]
    public void Families_OfTheReference_AreDescribedAlike()
    {
        var kinds = StateKinds.All.SelectMany(kind => kind.Families).ToDictionary(family => family.Name, StringComparer.Ordinal);
        foreach (var wanted in SharedMetrics.Read("metrics.json").EnumerateArray())
        {
            var family = kinds[wanted.GetProperty("name").GetString()!];
            Assert.Equal(wanted.GetProperty("help").GetString(), family.Help);
            Assert.Equal(wanted.GetProperty("resource").GetString(), family.Kind.Kind);
            Assert.Equal(wanted.GetProperty("version").GetString(), family.Kind.VersionLabel);
            Assert.Equal(wanted.GetProperty("plural").GetString(), family.Kind.Plural);
            Assert.Equal(wanted.GetProperty("set").GetString() == "kuadrant", StateKinds.Kuadrant.Contains(family.Kind));
            if (!family.IsOfLabels)
                Assert.Empty(wanted.GetProperty("own_labels").EnumerateObject().Select(label => label.Name).Except(family.OwnLabels));
        }
    }

    private static Sluice.Exporter.Scraping.ScrapeResult All() => Rendered.Result(SharedMetrics.Read("cases.json").GetProperty("manifests").EnumerateArray().SelectMany(file => Load(Path.GetFileName(file.GetString()!))));

    /// <summary>As they are in a cluster where nothing but the time of their creation was added.</summary>
    private static IReadOnlyList<JsonObject> Load(string manifest)
    {
        var objects = Rendered.Manifest(File.ReadAllText(SharedMetrics.Path(Path.Combine("manifests/e2e", manifest))));
        foreach (var item in objects)
        {
            item["metadata"]!["creationTimestamp"] = "2024-01-01T00:00:00Z";
            if ((string)item["kind"]! != "GatewayClass")
                item["metadata"]!["namespace"] ??= "default";
        }

        return objects;
    }

    private static string Line(JsonElement expected) =>
        new ParsedSample(expected.GetProperty("metric").GetString()!, SharedMetrics.Labels(expected.GetProperty("labels")), expected.GetProperty("text_value").GetString()!).ToString();
}
