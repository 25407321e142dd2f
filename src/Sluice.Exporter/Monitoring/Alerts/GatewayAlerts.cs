namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>
/// GatewayClasses, Gateways and listeners, whoever serves them. What several scraped instances tell alike is one alert. Two alerts
/// have the names of gateway-api-state-metrics, which they take the place of.
/// </summary>
internal static class GatewayAlerts
{
    private const string Identity = "cluster, namespace, name";
    private const string Listener = $"customresource_kind, {Identity}, listener_name";
    private const string ListenerConditions = "__name__=~\"gatewayapi_(gateway|listenerset)_status_listeners_conditions\"";
    private const string OfListener = "Listener {{ $labels.listener_name }} of {{ $labels.customresource_kind }} {{ $labels.namespace }}/{{ $labels.name }}";

    public static AlertGroup Group { get; } = new(
        "gateway-api-gateways",
        new AlertRule
        {
            Name = "GatewayClassNotAccepted",
            Expression = "min by (cluster, name) (gatewayapi_gatewayclass_status{type=\"Accepted\"}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A GatewayClass is not accepted by its controller.",
            Description = "GatewayClass {{ $labels.name }}: the condition Accepted is not True. Its Gateways are not served.",
        },
        new AlertRule
        {
            Name = "UnhealthyGateway",
            Expression = $"min by ({Identity}) (gatewayapi_gateway_status{{type=~\"Accepted|Programmed\"}}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Critical,
            Summary = "A Gateway is not Accepted or not Programmed.",
            Description = "Gateway {{ $labels.namespace }}/{{ $labels.name }}: the condition Accepted or Programmed is not True.",
        },
        new AlertRule
        {
            Name = "GatewayWithoutConditions",
            Expression = $"group by ({Identity}) (gatewayapi_gateway_info) unless on ({Identity}) (count by ({Identity}) (group by ({Identity}, type) (gatewayapi_gateway_status{{type=~\"Accepted|Programmed\"}})) == 2)",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "No controller says whether a Gateway is served.",
            Description = "Gateway {{ $labels.namespace }}/{{ $labels.name }} has no condition Accepted, or none Programmed.",
        },
        new AlertRule
        {
            Name = "GatewayListenerNotProgrammed",
            Expression = $"min by ({Listener}) ({{{ListenerConditions},type=~\"Accepted|Programmed\"}}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A listener is not Accepted or not Programmed.",
            Description = $"{OfListener}: the condition Accepted or Programmed is not True. It takes no traffic.",
        },
        new AlertRule
        {
            Name = "GatewayListenerUnresolvedRefs",
            Expression = $"min by ({Listener}) ({{{ListenerConditions},type=\"ResolvedRefs\"}}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A listener refers to something that is missing or not allowed.",
            Description = $"{OfListener}: the condition ResolvedRefs is not True. A certificate is missing, wrong or not granted, or a kind of routes is not known.",
        },
        new AlertRule
        {
            Name = "InsecureHTTPListener",
            Expression = $"group by ({Listener}, port, protocol) ({{__name__=~\"gatewayapi_(gateway|listenerset)_listener_info\",protocol=\"HTTP\"}})",
            ForMinutes = 10,
            Severity = AlertSeverity.Info,
            Summary = "A listener takes HTTP without TLS.",
            Description = $"{OfListener} takes {{{{ $labels.protocol }}}} at port {{{{ $labels.port }}}}: requests and answers are not encrypted.",
        });
}
