using System.Text.RegularExpressions;
using Sluice.Exporter.Families;
using Sluice.Exporter.Monitoring.Dashboards;
using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Tests.Monitoring;

public sealed partial class DashboardTests
{
    public static TheoryData<string> Names => [.. SluiceDashboards.All.Select(dashboard => dashboard.Name)];

    [Fact]
    public void Uids_AreDifferent_AndThoseOfNobodyElse()
    {
        var uids = SluiceDashboards.All.Select(dashboard => dashboard.Uid).ToList();

        Assert.Equal(uids.Distinct(), uids);
        // Those of the project whose metrics are matched begin with "gatewayapi"; Grafana takes at most 40 characters.
        Assert.All(uids, uid => Assert.True(uid.StartsWith("sluice-", StringComparison.Ordinal) && uid.Length <= 40, uid));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_HaveTheirPlace(string name)
    {
        var panels = SluiceDashboards.Find(name)!.ToJsonObject()["panels"]!.AsArray();

        var taken = new HashSet<(int X, int Y)>();
        foreach (var position in panels.Select(panel => panel!["gridPos"]!))
        {
            for (var x = 0; x < (int)position["w"]!; x++)
            {
                for (var y = 0; y < (int)position["h"]!; y++)
                    Assert.True(taken.Add(((int)position["x"]! + x, (int)position["y"]! + y)), $"two panels at {position}");
            }
        }

        Assert.All(taken, cell => Assert.InRange(cell.X, 0, 23));
        Assert.Equal(Enumerable.Range(1, panels.Count), panels.Select(panel => (int)panel!["id"]!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tables_ShowLabelsThatTheirQueriesHave(string name)
    {
        foreach (var panel in Panels(name).Where(panel => panel.Kind == PanelKind.Table))
        {
            var grouped = panel.Queries.SelectMany(query => Groups().Match(query.Expression).Groups["labels"].Value.Split(", ")).ToHashSet();
            Assert.All(panel.Columns, column => Assert.Contains(column.Label, grouped));
            // All else would be columns without a title.
            Assert.Empty(grouped.Except(panel.Columns.Select(column => column.Label)).Except(["cluster"]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_LeadToDashboardsThatHaveTheVariable(string name)
    {
        foreach (var panel in Panels(name))
        {
            Assert.All(panel.Columns.Select(column => column.Link).OfType<DashboardLink>(), link =>
            {
                var target = Assert.Single(SluiceDashboards.All, dashboard => dashboard.Uid == link.Uid);
                Assert.Contains(target.Variables, variable => variable.Name == link.Variable);
                Assert.True(link.NamespaceTitle is null || panel.Columns.Any(column => column.Title == link.NamespaceTitle), $"{panel.Title}: no column {link.NamespaceTitle}");
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Queries_NameFamiliesOfTheExporterThatThereAre(string name)
    {
        HashSet<string> known = [.. StateKinds.All.SelectMany(kind => kind.Families).Select(family => family.Name), .. ScrapeMetrics.Of([], TimeSpan.Zero, "").Select(family => family.Name)];

        foreach (var query in Panels(name).SelectMany(panel => panel.Queries))
            Assert.All(StateMetric().Matches(query.Expression).Select(match => match.Value), metric => Assert.Contains(metric, known));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_SayWhatTheyShow(string name) => Assert.All(Panels(name), panel => Assert.EndsWith(".", panel.Description, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Manifests_HoldTheDashboard(string name)
    {
        var dashboard = SluiceDashboards.Find(name)!;

        var map = DashboardManifests.ConfigMap(dashboard, "monitoring");
        var custom = DashboardManifests.GrafanaDashboard(dashboard, null);

        Assert.Equal(dashboard.ToJson(), (string?)map["data"]![$"{dashboard.Uid}.json"]);
        Assert.Equal(("monitoring", "1"), ((string?)map["metadata"]!["namespace"], (string?)map["metadata"]!["labels"]!["grafana_dashboard"]));
        Assert.Equal(dashboard.ToJson(), (string?)custom["spec"]!["json"]);
        Assert.Null(custom["metadata"]!["namespace"]);
    }

    private static IEnumerable<Panel> Panels(string name) => SluiceDashboards.Find(name)!.Rows.SelectMany(row => row.Panels);

    [GeneratedRegex(@"^(?:min|max|group|sum) by \((?<labels>[^)]+)\)")]
    private static partial Regex Groups();

    [GeneratedRegex(@"\b(?:gatewayapi|kuadrant|gateway_metrics)_\w+\b(?=\{)")]
    private static partial Regex StateMetric();
}
