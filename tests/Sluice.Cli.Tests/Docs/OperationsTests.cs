using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Docs;

/// <summary>What operators copy from the documentation works.</summary>
public sealed partial class OperationsTests
{
    private static readonly string Watching = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations/watching.md"));

    [Fact]
    public async Task AlertRules_AreWhatPrometheusTakes()
    {
        var promtool = Tool.Find("promtool", "prometheus");
        using var folder = new ManifestFolder();
        folder.Write("rules.yaml", Yaml().Match(Watching).Groups["text"].Value);

        var result = await Tool.ShellAsync($"'{promtool}' check rules '{folder["rules.yaml"]}'");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void Metrics_AreAllThere()
    {
        var code = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.All(Metric().Matches(Watching).Select(match => match.Value).Distinct(), metric => Assert.Contains($"{metric}\"", code, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("sluice_[a-z0-9_]+")]
    private static partial Regex Metric();
}
