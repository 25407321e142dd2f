using static Sluice.Exporter.Monitoring.Dashboards.Promql;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>GatewayClasses, and the Gateways that name them.</summary>
internal static class GatewayClassDashboard
{
    public const string Name = "gatewayclasses";

    private const string Class = "cluster, name";
    private const string Chosen = "name=~\"$gatewayclass\"";

    private static readonly string Info = Series("gatewayapi_gatewayclass_info", Chosen);
    private static readonly string Accepted = Series("gatewayapi_gatewayclass_status", Chosen, "type=\"Accepted\"");
    private static readonly string Gateways = Series("gatewayapi_gateway_info", "gatewayclass_name=~\"$gatewayclass\"");

    public static Dashboard Create() => new(Summary, Objects)
    {
        Name = Name,
        Title = "Gateway API / GatewayClasses",
        Description = "GatewayClasses: who serves them, whether they are accepted, what they can do, and which Gateways name them.",
        Variables =
        [
            DashboardVariable.Cluster("gatewayapi_gatewayclass_info"),
            new DashboardVariable("gatewayclass", "GatewayClass", Series("gatewayapi_gatewayclass_info"), "name"),
        ],
    };

    private static DashboardRow Summary => new(
        "GatewayClasses",
        Panel.Stat("GatewayClasses", "GatewayClasses that are chosen above.", CountOf(Class, Info)),
        Panel.Stat("Accepted", "GatewayClasses whose condition Accepted is True.", CountOf(Class, $"{Accepted} == 1")),
        Panel.Stat("Not accepted", "GatewayClasses whose condition Accepted is False or Unknown, or that have none: no controller serves them, or it refuses them.", $"count({Group(Class, Info)} unless on ({Class}) {Worst(Class, Accepted)} == 1)", Tone.Problem),
        Panel.Stat("Gateways", "Gateways that name one of these classes.", CountOf(Identity, Gateways)));

    private static DashboardRow Objects => new(
        "Details",
        Panel.Table(
            "GatewayClasses",
            "Which controller a class belongs to, and whether it has accepted the class.",
            [new("name", "GatewayClass", new DashboardLink(Dashboard.UidOf(Name), "gatewayclass", null)), new("controller_name", "Controller")],
            new PanelQuery($"max by ({Class}, controller_name) ({Info})"),
            new PanelQuery(Worst(Class, Accepted), "Accepted", ColumnFormat.Condition),
            new PanelQuery($"max by ({Class}) ({Series("gatewayapi_gatewayclass_created", Chosen)}) * 1000", "Created", ColumnFormat.Time)).Sized(12),
        Panel.Table(
            "Gateways",
            "Gateways that name these classes.",
            [new("gatewayclass_name", "GatewayClass"), new("namespace", "Namespace"), new("name", "Gateway", new DashboardLink(Dashboard.UidOf(GatewayDashboard.Name), "gateway"))],
            new PanelQuery(Group($"gatewayclass_name, {Identity}", Gateways))).Sized(12),
        Panel.Table(
            "Supported features",
            "What the controller says that the class can do, by the names of the Gateway API.",
            [new("name", "GatewayClass"), new("features", "Feature")],
            new PanelQuery(Group($"{Class}, features", Series("gatewayapi_gatewayclass_status_supported_features", Chosen)))));
}
