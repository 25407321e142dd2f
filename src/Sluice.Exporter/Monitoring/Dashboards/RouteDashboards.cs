using static Sluice.Exporter.Monitoring.Dashboards.Promql;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>One dashboard for each kind of routes; they differ in little.</summary>
internal static class RouteDashboards
{
    private const string Parent = "parent_kind, parent_namespace, parent_name, parent_section_name, parent_port";

    private static readonly IReadOnlyList<LabelColumn> ParentColumns =
    [
        new("parent_kind", "Parent's kind"),
        new("parent_namespace", "Parent's namespace"),
        new("parent_name", "Parent", new DashboardLink(Dashboard.UidOf(GatewayDashboard.Name), "gateway", null)),
        new("parent_section_name", "Listener"),
        new("parent_port", "Port"),
    ];

    /// <summary>As in manifests.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    public static IEnumerable<Dashboard> Create() => Kinds.Select(Create);

    /// <summary>Of the dashboard.</summary>
    public static string NameOf(string kind) => $"{SingularOf(kind)}s";

    /// <summary>As in names of metrics.</summary>
    public static string SingularOf(string kind) => kind.ToLowerInvariant();

    private static Dashboard Create(string kind) => new(Summary(kind), Objects(kind))
    {
        Name = NameOf(kind),
        Title = $"Gateway API / {kind}s",
        Description = $"{kind}s: which parents they want, which of them accept, and which references lead nowhere.",
        Variables =
        [
            DashboardVariable.Cluster($"gatewayapi_{SingularOf(kind)}_created"),
            DashboardVariable.Namespace($"gatewayapi_{SingularOf(kind)}_created"),
            new DashboardVariable("route", kind, Series($"gatewayapi_{SingularOf(kind)}_created", "namespace=~\"$namespace\""), "name"),
        ],
    };

    private static DashboardRow Summary(string kind) => new(
        "Summary",
        Panel.Stat($"{kind}s", $"{kind}s that are chosen above.", CountOf(Identity, Of(kind, "created"))),
        Panel.Stat("Parents wanted", "Parents, such as listeners of Gateways, that the routes name.", CountOf($"{Identity}, {Parent}", Of(kind, "parent_info"))),
        Panel.Stat("Parents that accept", "Parents at which the condition Accepted is True. What a status merely names does not count.", CountOf($"{Identity}, controller_name, {Parent}", $"{Condition(kind, "Accepted")} == 1")),
        Panel.Stat("Not accepted", "Routes that a parent does not accept; each counts once.", $"count({Worst(Identity, Condition(kind, "Accepted"))} == 0)", Tone.Problem),
        Panel.Stat("Unresolved references", "Routes with references, to backends for the most part, that lead nowhere or are not allowed.", $"count({Worst(Identity, Condition(kind, "ResolvedRefs"))} == 0)", Tone.Problem),
        Panel.Stat("Without status", "Routes that name parents, and that no controller has said anything about.", $"count({Group(Identity, Of(kind, "parent_info"))} unless on ({Identity}) {Of(kind, "status_parent_info")})", Tone.Problem));

    private static DashboardRow Objects(string kind)
    {
        var own = new LabelColumn("name", kind, new DashboardLink(Dashboard.UidOf(NameOf(kind)), "route"));
        var routes = Panel.Table(
            $"{kind}s",
            "When each was created.",
            [new("namespace", "Namespace"), own],
            new PanelQuery($"max by ({Identity}) ({Of(kind, "created")}) * 1000", "Created", ColumnFormat.Time)).Sized(8);
        var hostnames = Panel.Table(
            "Hostnames",
            "Hostnames that routes name. A route without any has those of its listeners.",
            [new("hostname", "Hostname"), new("namespace", "Namespace"), own],
            new PanelQuery(Group($"{Identity}, hostname", Of(kind, "hostname_info")))).Sized(6);
        var parents = Panel.Table(
            "Parents wanted",
            "What the routes name as their parents. Without a namespace it is the route's own.",
            [new("namespace", "Namespace"), own, .. ParentColumns],
            new PanelQuery(Group($"{Identity}, {Parent}", Of(kind, "parent_info")))).Sized(HasHostnames(kind) ? 10 : 16);
        var conditions = Panel.Table(
            "Conditions at parents",
            "What controllers say about each route at each parent. Unknown counts as False. PartiallyInvalid means that some rules are left out.",
            [new("namespace", "Namespace"), own, .. ParentColumns, new("controller_name", "Controller")],
            ConditionQuery(kind, "Accepted", ColumnFormat.Condition),
            ConditionQuery(kind, "ResolvedRefs", ColumnFormat.Condition),
            ConditionQuery(kind, "PartiallyInvalid", ColumnFormat.ProblemCondition));
        return HasHostnames(kind) ? new DashboardRow($"{kind}s", routes, hostnames, parents, conditions) : new DashboardRow($"{kind}s", routes, parents, conditions);
    }

    private static PanelQuery ConditionQuery(string kind, string type, ColumnFormat format) =>
        new(Worst($"{Identity}, controller_name, {Parent}", Condition(kind, type)), type, format);

    private static bool HasHostnames(string kind) => kind is not ("TCPRoute" or "UDPRoute");

    private static string Condition(string kind, string type) => Of(kind, "status_parents_conditions", $"type=\"{type}\"");

    private static string Of(string kind, string family, params IReadOnlyList<string> matchers) =>
        Series($"gatewayapi_{SingularOf(kind)}_{family}", ["namespace=~\"$namespace\"", "name=~\"$route\"", .. matchers]);
}
