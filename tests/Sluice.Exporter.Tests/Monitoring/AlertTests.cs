using System.Text.RegularExpressions;
using Sluice.Exporter.Monitoring.Alerts;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Monitoring;

public sealed partial class AlertTests
{
    private static readonly IReadOnlyList<AlertRule> Rules = [.. SluiceAlerts.All.SelectMany(group => group.Rules)];

    [Fact]
    public void Names_AreDifferent() => Assert.Equal(Rules.Select(rule => rule.Name).Distinct(), Rules.Select(rule => rule.Name));

    [Fact]
    public void Alerts_AreEachExplained_AndNothingElseIs()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations", "alerts.md"));

        Assert.Equal(Rules.Select(rule => rule.Name), Headings().Matches(page).Select(match => match.Groups["name"].Value));
        Assert.All(Rules, rule => Assert.Contains($"### {rule.Name}\n\n{rule.Severity}", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Alerts_SayWhatTheyAreAbout() => Assert.All(Rules, rule =>
    {
        Assert.EndsWith(".", rule.Summary, StringComparison.Ordinal);
        Assert.EndsWith(".", rule.Description, StringComparison.Ordinal);
    });

    [Fact]
    public void Runbooks_AreSectionsOfAPage()
    {
        var rules = AlertManifests.Rules("https://example.com/alerts#")["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray());

        Assert.Equal(Rules.Select(rule => $"https://example.com/alerts#{rule.Name.ToLowerInvariant()}"), rules.Select(rule => (string?)rule!["annotations"]!["runbook_url"]));
    }

    [GeneratedRegex(@"^### (?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
