using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;
using Sluice.Exporter.Monitoring.Alerts;
using Sluice.Exporter.Monitoring.Dashboards;

namespace Sluice.Cli.Tests.Monitoring;

/// <summary>Dashboards and alerts on a real Prometheus that scrapes real processes: every query has data.</summary>
public sealed partial class MonitoringTests(MonitoredSluice sluice) : IClassFixture<MonitoredSluice>
{
    /// <summary>Alerts that fire here; the others need something to break, and fire in the rules' own tests.</summary>
    private static readonly string[] Firing =
    [
        "GatewayClassNotAccepted", "UnhealthyGateway", "GatewayWithoutConditions", "GatewayListenerNotProgrammed", "GatewayListenerUnresolvedRefs", "InsecureHTTPListener",
        "RouteNotAccepted", "RouteUnresolvedRefs", "RoutePartiallyInvalid", "RouteWithoutStatus", "BackendTLSPolicyNotAccepted",
        "GatewayMetricsFailing", "GatewayMetricsKindFailing",
        "SluiceErrors", "SluiceErrorsHigh", "SluiceBackendsWithoutEndpoints", "SluiceCertificateExpires", "SluiceManifestErrors",
    ];

    public static TheoryData<string> Dashboards => [.. SluiceDashboards.All.Select(dashboard => dashboard.Name)];

    public static TheoryData<string> Alerts => [.. SluiceAlerts.All.SelectMany(group => group.Rules).Select(rule => rule.Name)];

    /// <summary>Dashboards of the project whose metrics are matched, when they are beside the repository.</summary>
    public static TheoryData<string> OtherDashboards => Directory.Exists(OtherFolder)
        ? [.. Directory.EnumerateFiles(OtherFolder, "*.json").Select(file => Path.GetFileName(file)!).Where(file => file != "index.json").Order(StringComparer.Ordinal)]
        : [""];

    private static string OtherFolder => Path.Combine(Repository.Root, "..", "shared", "metrics", "dashboards");

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Dashboard_EveryQuery_HasData(string name) => await EveryQueryHasDataAsync(SluiceDashboards.Find(name)!.ToJson());

    [Theory]
    [MemberData(nameof(OtherDashboards))]
    public async Task OtherDashboard_Unchanged_HasData(string file)
    {
        Assert.SkipWhen(file.Length == 0, "needs ../shared/metrics beside the repository");
        await EveryQueryHasDataAsync(await File.ReadAllTextAsync(Path.Combine(OtherFolder, file), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public async Task Alert_Expression_FiresWhenItShould(string name)
    {
        var rule = SluiceAlerts.All.SelectMany(group => group.Rules).Single(rule => rule.Name == name);

        var found = Firing.Contains(name) ? await sluice.UntilDataAsync(rule.Expression) : await sluice.Queries.QueryAsync(rule.Expression);

        // What the words about it name is there, where something was found.
        Assert.All(found, sample => Assert.All(Label().Matches(rule.Description).Select(match => match.Groups["name"].Value).Where(label => label is not ("parent_section_name" or "gateway")), label => Assert.Contains(label, sample.Labels.Keys)));
    }

    [Theory]
    [InlineData("gateways", "Gateways", "shop", 3)]
    [InlineData("gateways", "Unhealthy", "shop", 2)]
    [InlineData("gateways", "Without conditions", "shop", 1)]
    [InlineData("gateways", "Listeners", "shop", 4)]
    [InlineData("gateways", "Listeners with problems", "shop", 1)]
    [InlineData("gateways", "Attached routes", "shop", 6)]
    [InlineData("httproutes", "HTTPRoutes", "shop", 4)]
    [InlineData("httproutes", "Parents wanted", "shop", 4)]
    [InlineData("httproutes", "Parents that accept", "shop", 1)]
    [InlineData("httproutes", "Not accepted", "shop", 1)]
    [InlineData("httproutes", "Without status", "shop", 2)]
    [InlineData("policies", "TLSPolicy", "shop", 2)]
    [InlineData("policies", "With problems", "shop", 1)]
    public async Task Number_CountsObjectsOnce(string dashboard, string panel, string @namespace, double expected)
    {
        var found = await AskAsync(dashboard, panel, @namespace, ".*");

        Assert.Equal(expected, Assert.Single(found).Value);
    }

    /// <summary>A Gateway's routes are those that mean it, and not its namesake in another namespace.</summary>
    [Theory]
    [InlineData("shop", "good", "refused", "silent")]
    [InlineData("other", "elsewhere")]
    public async Task RoutesOfAGateway_AreThoseThatMeanIt(string @namespace, params string[] routes)
    {
        foreach (var kind in (string[])["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
        {
            var found = await AskAsync("gateways", $"{kind}s", @namespace, "edge");

            Assert.Equal(routes.Select(route => $"{kind.ToLowerInvariant()}-{route}"), found.Select(sample => sample.Labels["name"]).Order(StringComparer.Ordinal));
            Assert.All(found, sample => Assert.Equal(@namespace, sample.Labels["parent_namespace"]));
        }
    }

    [Theory]
    [InlineData("shop", 2)]
    [InlineData("other", 0)]
    public async Task ListenerSetsOfAGateway_AreThoseThatMeanIt(string @namespace, int expected)
    {
        var dashboard = GrafanaDashboard.Read(SluiceDashboards.Find("gateways")!.ToJson());
        await AskAsync("gateways", "ListenerSets", "shop", "edge");
        var values = AllOf(dashboard);
        (values["namespace"], values["gateway"]) = (@namespace, "edge");

        // The table is made of several queries: none may bring rows that the others have not.
        foreach (var (_, expression) in dashboard.Queries.Where(query => query.Panel is "ListenerSets" or "Conditions of their listeners"))
            Assert.Equal(expected, (await sluice.Queries.QueryAsync(GrafanaDashboard.Fill(expression, values))).Count);
    }

    private async Task EveryQueryHasDataAsync(string json)
    {
        var dashboard = GrafanaDashboard.Read(json);
        Assert.NotEmpty(dashboard.Queries);
        var all = new Dictionary<string, string>();
        var each = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, query, allValue) in dashboard.Variables.OrderByDescending(variable => variable.Name.Length))
        {
            var (selector, label) = GrafanaDashboard.LabelValues(query);
            each[name] = await UntilValuesAsync(GrafanaDashboard.Fill(selector, AllOf(dashboard)), label);
            all[name] = allValue ?? $"({string.Join('|', each[name].Select(value => Regex.Escape(value).Replace(@"\", @"\\", StringComparison.Ordinal)))})";
        }

        await sluice.UntilAllHaveDataAsync([.. dashboard.Queries.Select(query => GrafanaDashboard.Fill(OneWhereOneIsMeant(query.Expression, each), all))]);
    }

    /// <summary>A variable may stand after "=", where a list of values matches nothing: the one that has data is chosen.</summary>
    private static string OneWhereOneIsMeant(string expression, Dictionary<string, IReadOnlyList<string>> each)
    {
        foreach (var (name, values) in each)
        {
            var chosen = $"=\"{(values.Contains("example") ? "example" : values[0])}\"";
            expression = expression.Replace($"=\"${name}\"", chosen, StringComparison.Ordinal).Replace($"=\"${{{name}}}\"", chosen, StringComparison.Ordinal);
        }

        return expression;
    }

    private async Task<IReadOnlyList<string>> UntilValuesAsync(string selector, string label)
    {
        await sluice.UntilDataAsync($"group by ({label}) ({selector})");
        var values = await sluice.Queries.LabelValuesAsync(selector, label);
        Assert.NotEmpty(values);
        return values;
    }

    private async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, double Value)>> AskAsync(string name, string panel, string @namespace, string gateway)
    {
        var dashboard = GrafanaDashboard.Read(SluiceDashboards.Find(name)!.ToJson());
        var values = AllOf(dashboard);
        values["namespace"] = @namespace;
        values["gateway"] = gateway;
        var expression = dashboard.Queries.First(query => query.Panel == panel).Expression;
        return await sluice.UntilDataAsync(GrafanaDashboard.Fill(expression, values));
    }

    private static Dictionary<string, string> AllOf(GrafanaDashboard dashboard) =>
        dashboard.Variables.OrderByDescending(variable => variable.Name.Length).ToDictionary(variable => variable.Name, variable => variable.All ?? ".*");

    [GeneratedRegex(@"\$labels\.(?<name>\w+)")]
    private static partial Regex Label();
}
