using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Docs;

/// <summary>What operators are told to look for is in the reference.</summary>
public sealed partial class OperationsTests
{
    [Theory]
    [InlineData("docs/operations/watching.md")]
    [InlineData("docs/operations/alerts.md")]
    [InlineData("deploy/alerts/rules.yaml")]
    [InlineData("examples/prometheus-operator/README.md")]
    public void Metrics_AreAllInTheReference(string file)
    {
        var reference = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/reference"), "*.md").Select(File.ReadAllText));
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));

        Assert.All(Metric().Matches(text).Select(match => match.Value).Distinct(), metric => Assert.Contains($"`{metric}`", reference, StringComparison.Ordinal));
    }

    [GeneratedRegex("(?:sluice|envoy_http|gateway_metrics)_[a-z0-9_]+")]
    private static partial Regex Metric();
}
