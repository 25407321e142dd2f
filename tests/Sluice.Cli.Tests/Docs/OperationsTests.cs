using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Docs;

/// <summary>What operators look for is there.</summary>
public sealed partial class OperationsTests
{
    [Theory]
    [InlineData("docs/operations/watching.md")]
    [InlineData("docs/operations/alerts.md")]
    [InlineData("deploy/alerts/rules.yaml")]
    [InlineData("examples/prometheus-operator/README.md")]
    public void Metrics_AreAllThere(string file)
    {
        var code = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));

        Assert.All(Metric().Matches(text).Select(match => match.Value).Distinct(), metric => Assert.Contains($"{metric}\"", code, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?:sluice|envoy_http|gateway_metrics)_[a-z0-9_]+")]
    private static partial Regex Metric();
}
