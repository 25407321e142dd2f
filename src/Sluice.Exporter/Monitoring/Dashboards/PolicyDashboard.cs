using static Sluice.Exporter.Monitoring.Dashboards.Promql;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>BackendTLSPolicies, and the policies of Kuadrant where the exporter shows them.</summary>
internal static class PolicyDashboard
{
    private const string AnyPolicy = "__name__=~\"gatewayapi_.+policy_created\"";
    private const string Backend = "gatewayapi_backendtlspolicy";
    private const string Target = "target_kind, target_namespace, target_name";
    private const string Ancestor = "controller_name, ancestor_kind, ancestor_namespace, ancestor_name, ancestor_section_name";

    /// <summary>With the condition that says that a policy is taken; which one depends on the version of Kuadrant.</summary>
    private const string Taken = "type=~\"Accepted|Ready|Available\"";

    private static readonly string[] KuadrantKinds = ["TLSPolicy", "DNSPolicy", "RateLimitPolicy", "AuthPolicy"];

    public static Dashboard Create() => new([BackendTls, .. KuadrantKinds.Select(Kuadrant), Dns])
    {
        Name = "policies",
        Title = "Gateway API / Policies",
        Description = "Policies: what they are for, and whether they are accepted. Those of Kuadrant need an exporter with --kuadrant.",
        Variables =
        [
            DashboardVariable.Cluster($"{{{AnyPolicy}}}"),
            new DashboardVariable("namespace", "Namespace", $"{{{AnyPolicy},cluster=~\"$cluster\"}}", "namespace"),
            new DashboardVariable("policy", "Policy", $"{{{AnyPolicy},cluster=~\"$cluster\",namespace=~\"$namespace\"}}", "name"),
        ],
    };

    private static DashboardRow BackendTls => new(
        "BackendTLSPolicies",
        Panel.Stat("BackendTLSPolicies", "BackendTLSPolicies that are chosen above.", CountOf(Identity, Of(Backend, "created"))),
        Panel.Stat("Accepted", "Those that every Gateway that uses them has accepted, with all references resolved.", $"count({Worst(Identity, AncestorConditions("Accepted|ResolvedRefs"))} == 1)"),
        Panel.Stat("Not accepted", "Those with a condition Accepted or ResolvedRefs that is False or Unknown; each counts once. Connections to their backends are refused.", $"count({Worst(Identity, AncestorConditions("Accepted|ResolvedRefs"))} == 0)", Tone.Problem),
        Panel.Table(
            "Targets",
            "Services that the policies are for.",
            [new("namespace", "Namespace"), new("name", "Policy"), new("target_kind", "Target's kind"), new("target_name", "Target"), new("target_section_name", "Port")],
            new PanelQuery(Group($"{Identity}, target_kind, target_name, target_section_name", Of(Backend, "target_info")))).Sized(12, 4),
        Panel.Table(
            "Conditions at Gateways",
            "What controllers say about each policy at each Gateway that uses it. Unknown counts as False.",
            [
                new("namespace", "Namespace"),
                new("name", "Policy"),
                new("ancestor_kind", "Ancestor's kind"),
                new("ancestor_namespace", "Ancestor's namespace"),
                new("ancestor_name", "Ancestor"),
                new("ancestor_section_name", "Section"),
                new("controller_name", "Controller"),
            ],
            new PanelQuery(Worst($"{Identity}, {Ancestor}", AncestorConditions("Accepted")), "Accepted", ColumnFormat.Condition),
            new PanelQuery(Worst($"{Identity}, {Ancestor}", AncestorConditions("ResolvedRefs")), "ResolvedRefs", ColumnFormat.Condition)));

    private static DashboardRow Kuadrant(string kind)
    {
        var prefix = $"gatewayapi_{kind.ToLowerInvariant()}";
        return new DashboardRow(
            $"{kind} (Kuadrant)",
            Panel.Stat(kind, "Policies that are chosen above; each counts once, however many conditions it has.", CountOf(Identity, Of(prefix, "created"))),
            Panel.Stat("Accepted", "Policies that are Accepted, Ready or Available, by the word that their version has for it.", $"count({Worst(Identity, Of(prefix, "status", Taken))} == 1)"),
            Panel.Stat("With problems", "Policies with a condition that is False or Unknown.", $"count({Worst(Identity, Of(prefix, "status"))} == 0)", Tone.Problem),
            Panel.Table(
                "Targets",
                "What each policy is for.",
                [new("namespace", "Namespace"), new("name", "Policy"), new("target_kind", "Target's kind"), new("target_namespace", "Target's namespace"), new("target_name", "Target")],
                new PanelQuery(Group($"{Identity}, {Target}", Of(prefix, "target_info")))).Sized(6, 6),
            Panel.Table(
                "Conditions",
                "Every condition of every policy.",
                [new("namespace", "Namespace"), new("name", "Policy"), new("type", "Condition")],
                new PanelQuery(Worst($"{Identity}, type", Of(prefix, "status")), "Status", ColumnFormat.Condition)).Sized(6, 6));
    }

    private static DashboardRow Dns => new(
        "DNS (Kuadrant)",
        Panel.Table(
            "DNSRecords",
            "Records, and who manages their root domain.",
            [new("namespace", "Namespace"), new("name", "DNSRecord"), new("rootDomain", "Root domain"), new("owner", "Owner")],
            new PanelQuery(Group($"{Identity}, rootDomain, owner", Series("kuadrant_dnsrecord_status_root_domain_owners", "namespace=~\"$namespace\"")))).Sized(8),
        Panel.Table(
            "Conditions of DNSRecords",
            "Every condition of every record.",
            [new("namespace", "Namespace"), new("name", "DNSRecord"), new("type", "Condition")],
            new PanelQuery(Worst($"{Identity}, type", Series("kuadrant_dnsrecord_status", "namespace=~\"$namespace\"")), "Status", ColumnFormat.Condition)).Sized(8),
        Panel.Table(
            "DNSHealthCheckProbes",
            "Whether the address that a probe looks at is healthy.",
            [new("namespace", "Namespace"), new("name", "Probe")],
            new PanelQuery(Worst(Identity, Series("kuadrant_dnshealthcheckprobe_healthy_status", "namespace=~\"$namespace\"")), "Healthy", ColumnFormat.Condition)).Sized(8));

    private static string AncestorConditions(string types) => Of(Backend, "status_ancestors_conditions", $"type=~\"{types}\"");

    private static string Of(string prefix, string family, params IReadOnlyList<string> matchers) =>
        Series($"{prefix}_{family}", ["namespace=~\"$namespace\"", "name=~\"$policy\"", .. matchers]);
}
