using Sluice.Cli.Tests.Install;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Monitoring;

public sealed class AlertsCommandTests
{
    private static readonly string Promtool = Tool.Find("promtool", "prometheus");

    [Fact]
    public async Task Alerts_ArePromtoolsRules()
    {
        using var folder = new ManifestFolder();
        folder.Write("rules.yaml", (await SluiceProcess.RunAsync("alerts", "--runbook-url", "https://example.com/alerts#")).Output);

        var result = await Tool.ShellAsync($"'{Promtool}' check rules --lint=all --lint-fatal '{folder["rules.yaml"]}'");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("runbook_url: https://example.com/alerts#unhealthygateway\n", await File.ReadAllTextAsync(folder["rules.yaml"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Each alert fires for what is wrong, and for nothing else.</summary>
    [Fact]
    public async Task Alerts_PassTheirUnitTests()
    {
        var result = await Tool.ShellAsync($"'{Promtool}' test rules '{Path.Combine(Repository.Root, "tests/Sluice.Cli.Tests/Monitoring/rules.test.yaml")}'");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task PrometheusRule_HoldsTheSameGroups()
    {
        var rules = await SluiceProcess.RunAsync("alerts");
        var rule = await SluiceProcess.RunAsync("alerts", "--format", "prometheusrule", "--namespace", "monitoring");

        var manifest = YamlObjects.Read(rule.Output)["PrometheusRule monitoring/sluice-alerts"];
        Assert.Equal(5, manifest["spec"]!["groups"]!.AsArray().Count);
        Assert.EndsWith(Indented(rules.Output["---\n".Length..]), rule.Output + "\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format is 'json'", "--format", "json")]
    [InlineData("--runbook-url is 'alerts.md'", "--runbook-url", "alerts.md")]
    [InlineData("--namespace goes with", "--namespace", "monitoring")]
    public async Task Alerts_WrongUse_IsRefused(string message, params string[] arguments)
    {
        var result = await SluiceProcess.RunAsync(["alerts", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static string Indented(string text) => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  {line}\n"));
}
