using System.Text;

namespace Sluice.Exporter.Tests.Support;

/// <summary>
/// Reads expositions as strictly as their specifications allow: the Prometheus text format 0.0.4 and OpenMetrics 1.0. Every family has
/// its metadata first, once, its samples in one group, and no series twice.
/// </summary>
internal sealed class StrictParser
{
    private readonly bool _isOpenMetrics;
    private readonly List<ParsedFamily> _families = [];
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private StrictParser(bool isOpenMetrics) => _isOpenMetrics = isOpenMetrics;

    public static IReadOnlyList<ParsedFamily> Text(ReadOnlySpan<byte> exposition) => new StrictParser(false).Parse(exposition);

    public static IReadOnlyList<ParsedFamily> OpenMetrics(ReadOnlySpan<byte> exposition) => new StrictParser(true).Parse(exposition);

    private List<ParsedFamily> Parse(ReadOnlySpan<byte> exposition)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(exposition);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text[..^1].Split('\n');
        if (_isOpenMetrics)
        {
            Assert.Equal("# EOF", lines[^1]);
            lines = lines[..^1];
        }

        foreach (var line in lines)
        {
            if (line.StartsWith('#'))
                ReadMetadata(line);
            else
                ReadSample(line);
        }

        return _families;
    }

    private void ReadMetadata(string line)
    {
        var parts = line.Split(' ', 4);
        Assert.Equal("#", parts[0]);
        var family = Family(parts[2]);
        Assert.True(family.Samples.Count == 0, $"after samples: {line}");
        switch (parts[1])
        {
            case "HELP":
                Assert.True(family.Help is null, $"twice: {line}");
                family.Help = parts[3];
                break;
            case "TYPE":
                Assert.True(family.Type is null, $"twice: {line}");
                Assert.Contains(parts[3], _isOpenMetrics ? ["gauge", "counter", "info"] : (string[])["gauge", "counter", "histogram"]);
                family.Type = parts[3];
                break;
            default:
                Assert.Fail($"neither HELP nor TYPE: {line}");
                break;
        }
    }

    /// <summary>The family of the last line, or a new one: none is gone back to.</summary>
    private ParsedFamily Family(string name)
    {
        if (_families.Count > 0 && _families[^1].Name == name)
            return _families[^1];
        Assert.True(_families.TrueForAll(family => family.Name != name), $"{name} is in two places");
        _families.Add(new ParsedFamily(name));
        return _families[^1];
    }

    private void ReadSample(string line)
    {
        var sample = SampleLine.Parse(line);
        var family = _families[^1];
        Assert.True(family.Type is not null && family.Help is not null, $"no metadata before: {line}");
        Assert.Equal(ExpectedName(family), sample.Name);
        if (family.Samples.Count == 0)
            Assert.True(_names.Add(sample.Name), $"{sample.Name} is a name of two families");
        if (family.Type == "info")
            Assert.Equal("1", sample.Text);
        Assert.True(_series.Add(sample.Series), $"twice: {line}");
        family.Samples.Add(sample);
    }

    private string ExpectedName(ParsedFamily family) => (_isOpenMetrics, family.Type) switch
    {
        (true, "info") => $"{family.Name}_info",
        (true, "counter") => $"{family.Name}_total",
        _ => family.Name,
    };
}
