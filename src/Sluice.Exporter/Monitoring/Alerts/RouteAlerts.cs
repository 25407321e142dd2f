namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>Routes of all kinds, and policies, whoever serves them.</summary>
internal static class RouteAlerts
{
    private const string Route = "cluster, customresource_kind, namespace, name";
    private const string Parent = $"{Route}, controller_name, parent_kind, parent_namespace, parent_name, parent_section_name, parent_port";
    private const string Kinds = "(http|grpc|tls|tcp|udp)route";
    private const string Conditions = $"__name__=~\"gatewayapi_{Kinds}_status_parents_conditions\"";
    private const string OfRoute = "{{ $labels.customresource_kind }} {{ $labels.namespace }}/{{ $labels.name }}";
    private const string AtParent = $"{OfRoute} at {{{{ $labels.parent_kind }}}} {{{{ $labels.parent_name }}}} {{{{ $labels.parent_section_name }}}}";

    public static AlertGroup Group { get; } = new(
        "gateway-api-routes",
        new AlertRule
        {
            Name = "RouteNotAccepted",
            Expression = $"min by ({Parent}) ({{{Conditions},type=\"Accepted\"}}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A route is not accepted by a parent that it names.",
            Description = $"{AtParent}: the condition Accepted is not True. Its requests are not served there.",
        },
        new AlertRule
        {
            Name = "RouteUnresolvedRefs",
            Expression = $"min by ({Parent}) ({{{Conditions},type=\"ResolvedRefs\"}}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A route refers to something that is missing or not allowed.",
            Description = $"{AtParent}: the condition ResolvedRefs is not True. Requests to the backends that are meant are answered with 500.",
        },
        new AlertRule
        {
            Name = "RoutePartiallyInvalid",
            Expression = $"max by ({Parent}) ({{{Conditions},type=\"PartiallyInvalid\"}}) == 1",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "Some rules of a route are wrong and left out.",
            Description = $"{AtParent}: the condition PartiallyInvalid is True. Other rules are in force, or those of an older version.",
        },
        new AlertRule
        {
            Name = "RouteWithoutStatus",
            Expression = $"group by ({Route}) ({{__name__=~\"gatewayapi_{Kinds}_parent_info\",parent_kind=~\"Gateway|ListenerSet\"}}) unless on ({Route}) {{__name__=~\"gatewayapi_{Kinds}_status_parent_info\"}}",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "No controller has said anything about a route.",
            Description = $"{OfRoute} names parents, and none of them has answered: the Gateway does not exist, or nobody serves it.",
        },
        new AlertRule
        {
            Name = "BackendTLSPolicyNotAccepted",
            Expression = "min by (cluster, namespace, name, controller_name, ancestor_kind, ancestor_namespace, ancestor_name) (gatewayapi_backendtlspolicy_status_ancestors_conditions{type=~\"Accepted|ResolvedRefs\"}) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A BackendTLSPolicy is not accepted, or its references lead nowhere.",
            Description = "BackendTLSPolicy {{ $labels.namespace }}/{{ $labels.name }} at {{ $labels.ancestor_kind }} {{ $labels.ancestor_name }}: the condition Accepted or ResolvedRefs is not True. Requests to its backends fail.",
        });
}
