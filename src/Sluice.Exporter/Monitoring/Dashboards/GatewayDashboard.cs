using static Sluice.Exporter.Monitoring.Dashboards.Promql;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Gateways with their listeners, ListenerSets, addresses and routes.</summary>
internal static class GatewayDashboard
{
    public const string Name = "gateways";

    private const string Listener = $"{Identity}, listener_name";

    /// <summary>That a Gateway has both is what "healthy" means.</summary>
    private const string Healthy = "type=~\"Accepted|Programmed\"";

    private static readonly string Info = Of("info");

    /// <summary>Gateways that have both conditions, both True: those without conditions are no better than those with bad ones.</summary>
    private static readonly string HealthyGateways = $"(count by ({Identity}) ({Group($"{Identity}, type", $"{Of("status", Healthy)} == 1")} unless {Group($"{Identity}, type", $"{Of("status", Healthy)} == 0")}) == 2)";

    private static readonly IReadOnlyList<LabelColumn> ListenerColumns = [new("namespace", "Namespace"), new("name", "Gateway"), new("listener_name", "Listener")];

    public static Dashboard Create() => new(Summary, Gateways, Listeners, ListenerSets, Routes)
    {
        Name = Name,
        Title = "Gateway API / Gateways",
        Description = "Gateways: whether they serve, what is wrong with their listeners, at which addresses they are, and which routes want to be attached.",
        Variables =
        [
            DashboardVariable.Cluster("gatewayapi_gateway_info"),
            DashboardVariable.Namespace("gatewayapi_gateway_info"),
            new DashboardVariable("gateway", "Gateway", Series("gatewayapi_gateway_info", "namespace=~\"$namespace\""), "name"),
        ],
    };

    private static DashboardRow Summary => new(
        "Summary",
        Panel.Stat("Gateways", "Gateways that are chosen above.", CountOf(Identity, Info)),
        Panel.Stat("Unhealthy", "Gateways that are not both Accepted and Programmed; each counts once.", $"count({Group(Identity, Info)} unless on ({Identity}) {HealthyGateways})", Tone.Problem),
        Panel.Stat("Without conditions", "Gateways that no controller has said anything about.", $"count({Group(Identity, Info)} unless on ({Identity}) {Of("status", Healthy)})", Tone.Problem),
        Panel.Stat("Listeners", "Listeners of these Gateways, without those of ListenerSets.", CountOf(Listener, Of("listener_info"))),
        Panel.Stat("Listeners with problems", "Listeners that are not Accepted, Programmed or ResolvedRefs.", $"count({Worst(Listener, Of("status_listeners_conditions", "type=~\"Accepted|Programmed|ResolvedRefs\""))} == 0)", Tone.Problem),
        Panel.Stat("Attached routes", "Routes that are attached to listeners. A route at two listeners counts twice.", $"sum(max by ({Listener}) ({Of("status_listener_attached_routes")}))"));

    private static DashboardRow Gateways => new(
        "Gateways",
        Panel.Table(
            "Gateways",
            "Conditions of each Gateway. Unknown counts as False.",
            [new("namespace", "Namespace"), new("name", "Gateway", new DashboardLink(Dashboard.UidOf(Name), "gateway")), new("gatewayclass_name", "GatewayClass", new DashboardLink(Dashboard.UidOf(GatewayClassDashboard.Name), "gatewayclass", null))],
            new PanelQuery(Group($"{Identity}, gatewayclass_name", Info)),
            new PanelQuery(Worst(Identity, Of("status", "type=\"Accepted\"")), "Accepted", ColumnFormat.Condition),
            new PanelQuery(Worst(Identity, Of("status", "type=\"Programmed\"")), "Programmed", ColumnFormat.Condition),
            new PanelQuery($"max by ({Identity}) ({Of("created")}) * 1000", "Created", ColumnFormat.Time)).Sized(14),
        Panel.Table(
            "Addresses",
            "Where each Gateway can be reached, from its status.",
            [new("namespace", "Namespace"), new("name", "Gateway"), new("type", "Type"), new("value", "Address")],
            new PanelQuery(Group($"{Identity}, type, value", Of("status_address_info")))).Sized(10));

    private static DashboardRow Listeners => new(
        "Listeners",
        Panel.Table(
            "Listeners",
            "What each listener is meant to serve.",
            [.. ListenerColumns, new("port", "Port"), new("protocol", "Protocol"), new("hostname", "Hostname"), new("tls_mode", "TLS"), new("allowed_routes_namespaces_from", "Routes from")],
            new PanelQuery(Group($"{Listener}, port, protocol, hostname, tls_mode, allowed_routes_namespaces_from", Of("listener_info")))),
        Panel.Table(
            "Conditions of listeners",
            "Unknown counts as False. A listener that is Conflicted wants the same as another one.",
            ListenerColumns,
            [.. ConditionQueries(type => Of("status_listeners_conditions", $"type=\"{type}\"")), new PanelQuery($"max by ({Listener}) ({Of("status_listener_attached_routes")})", "Attached routes", ColumnFormat.Number)]));

    private static DashboardRow ListenerSets => new(
        "ListenerSets",
        Panel.Table(
            "ListenerSets",
            "Sets of listeners that want to be added to these Gateways, and whether they are.",
            [new("namespace", "Namespace"), new("name", "ListenerSet"), new("parent_namespace", "Gateway's namespace"), new("parent_name", "Gateway")],
            new PanelQuery(Group($"{Identity}, parent_namespace, parent_name", Attached("gatewayapi_listenerset_info"))),
            new PanelQuery(Worst(Identity, OfAttached(Series("gatewayapi_listenerset_status", "type=\"Accepted\""))), "Accepted", ColumnFormat.Condition),
            new PanelQuery(Worst(Identity, OfAttached(Series("gatewayapi_listenerset_status", "type=\"Programmed\""))), "Programmed", ColumnFormat.Condition)).Sized(10),
        Panel.Table(
            "Conditions of their listeners",
            "What these ListenerSets add. Unknown counts as False.",
            [new("namespace", "Namespace"), new("name", "ListenerSet"), new("listener_name", "Listener")],
            ConditionQueries(type => OfAttached(Series("gatewayapi_listenerset_status_listeners_conditions", $"type=\"{type}\"")))).Sized(14));

    private static DashboardRow Routes => new("Routes that name these Gateways", [.. RouteDashboards.Kinds.Select(RoutesOf)]);

    private static Panel RoutesOf(string kind) => Panel.Table(
        $"{kind}s",
        $"{kind}s that want to be attached to these Gateways, whether or not they are.",
        [
            new("namespace", "Namespace"),
            new("name", kind, new DashboardLink(Dashboard.UidOf(RouteDashboards.NameOf(kind)), "route")),
            new("parent_namespace", "Gateway's namespace"),
            new("parent_name", "Gateway"),
            new("parent_section_name", "Listener"),
        ],
        new PanelQuery(Group($"{Identity}, parent_namespace, parent_name, parent_section_name", Attached($"gatewayapi_{RouteDashboards.SingularOf(kind)}_parent_info")))).Sized(12);

    /// <summary>
    /// References of routes and ListenerSets to the Gateways that are chosen. One that names no namespace means its own, and Gateways
    /// of the same name in other namespaces are not meant.
    /// </summary>
    private static string Attached(string metric)
    {
        var named = $"label_replace(label_join({Series(metric, "parent_kind=\"Gateway\"")}, \"namespaces\", \"/\", \"parent_namespace\", \"namespace\"), \"parent_namespace\", \"$1\", \"namespaces\", \"/(.+)\")";
        var gateways = $"label_replace(label_replace({Info}, \"parent_namespace\", \"$1\", \"namespace\", \"(.*)\"), \"parent_name\", \"$1\", \"name\", \"(.*)\")";
        return $"{named} and on (cluster, parent_namespace, parent_name) {gateways}";
    }

    /// <summary>Series of ListenerSets, of those only that want to be added to the Gateways that are chosen.</summary>
    private static string OfAttached(string series) => $"{series} and on ({Identity}) ({Attached("gatewayapi_listenerset_info")})";

    private static PanelQuery[] ConditionQueries(Func<string, string> series) =>
    [
        .. ((string[])["Accepted", "Programmed", "ResolvedRefs", "Conflicted"]).Select(type => new PanelQuery(
            Worst(Listener, series(type)), type, type == "Conflicted" ? ColumnFormat.ProblemCondition : ColumnFormat.Condition)),
    ];

    private static string Of(string family, params IReadOnlyList<string> matchers) =>
        Series($"gatewayapi_gateway_{family}", ["namespace=~\"$namespace\"", "name=~\"$gateway\"", .. matchers]);
}
