using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Docs;

public sealed class MetricsReferenceTests
{
    private const string Begin = "<!-- begin: state metrics -->\n";
    private const string End = "<!-- end: state metrics -->\n";

    [Fact]
    public void Reference_IsWhatTheCodeSays()
    {
        var file = Path.Combine(Repository.Root, "docs", "reference", "metrics.md");
        var text = File.ReadAllText(file);
        var (start, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(start >= Begin.Length && end >= start, $"{file} has lost its markers");
        var expected = StateMetricsReference.Write();

        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_CASES") == "1")
            File.WriteAllText(file, text[..start] + expected + text[end..]);
        else
            Assert.Equal(expected, text[start..end]);
    }
}
