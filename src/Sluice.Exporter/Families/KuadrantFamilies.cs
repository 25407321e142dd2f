namespace Sluice.Exporter.Families;

/// <summary>The kinds of Kuadrant, whose metrics are asked for explicitly.</summary>
internal static class KuadrantFamilies
{
    private const string Group = "kuadrant.io";

    public static StateKind TlsPolicy { get; } = Policy("TLSPolicy", "tlspolicies", "tlspolicy");

    public static StateKind DnsPolicy { get; } = Policy("DNSPolicy", "dnspolicies", "dnspolicy");

    // The help text names another policy in the set of metrics that is matched here.
    public static StateKind RateLimitPolicy { get; } = Policy("RateLimitPolicy", "ratelimitpolicies", "tlspolicy");

    public static StateKind AuthPolicy { get; } = Policy("AuthPolicy", "authpolicies", "authpolicy");

    public static StateKind DnsRecord { get; } = new(
        "kuadrant_dnsrecord",
        CommonFamilies.Created(),
        new MetricFamily(
            "status_root_domain_owners",
            "root domain owners (the ids of controllers managing this root domain)",
            MetricValue.One,
            new SampleSource("status.domainOwners[]", new FamilyLabel("owner", "status.domainOwners[]"))),
        CommonFamilies.Status())
    {
        Group = Group,
        Kind = "DNSRecord",
        Plural = "dnsrecords",
        VersionLabel = "v1alpha1",
        MoreLabels = [new FamilyLabel("rootDomain", "spec.rootHost")],
    };

    public static StateKind DnsHealthCheckProbe { get; } = new(
        "kuadrant_dnshealthcheckprobe",
        new MetricFamily("healthy_status", "DNS Probe current status", MetricValue.Boolean("status.healthy"), new SampleSource("")))
    {
        Group = Group,
        Kind = "DNSHealthCheckProbe",
        Plural = "dnshealthcheckprobes",
        VersionLabel = "v1alpha1",
    };

    private static StateKind Policy(string kind, string plural, string nameInHelp) => new(
        $"gatewayapi_{kind.ToLowerInvariant()}",
        CommonFamilies.Labels(),
        CommonFamilies.Created(),
        CommonFamilies.DeletedOnly(),
        new MetricFamily("target_info", $"Target references that the {nameInHelp} wants to be attached to", MetricValue.One, CommonFamilies.TargetRef),
        CommonFamilies.Status())
    {
        Group = Group,
        Kind = kind,
        Plural = plural,
        VersionLabel = "v1",
    };
}
