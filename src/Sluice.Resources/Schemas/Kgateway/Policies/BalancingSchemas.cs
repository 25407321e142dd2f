using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Backends"/> holds of the same names.</summary>
internal static class BalancingSchemas
{
    public static SchemaNode SlowStart { get; } = Object(
        Optional("window", PolicyShapes.Duration, "For how long."),
        Optional("aggression", Text(1, 32) with { Check = PolicyNames.PositiveNumber }, "How fast: a number above 0, in quotes."),
        Optional("minWeightPercent", Integer(0, 100), "The least share."));

    public static SchemaNode LeastRequestPolicy { get; } = Object(
        Optional("choiceCount", Integer(2).Default("2"), "How many are compared."),
        Optional("slowStart", SlowStart, "Null: a new one gets its whole share at once."));

    public static SchemaNode RoundRobinPolicy { get; } = Object(
        Optional("slowStart", SlowStart, "Null: a new one gets its whole share at once."));

    public static SchemaNode HashHeader { get; } = Object(
        Required("name", NameSchemas.HeaderName, "The field."));

    public static SchemaNode HashCookie { get; } = Object(
        Required("name", Text(1, 256), "The cookie's name."),
        Optional("path", Text(1, 1024), "Its path."),
        Optional("ttl", PolicyShapes.Duration, "How long it lasts; 0s: as long as the browser."),
        Optional("secure", Flag, "For HTTPS only."),
        Optional("httpOnly", Flag, "Not for scripts."),
        Optional("sameSite", Word("Strict Lax None"), "Whether other sites send it."));

    public static SchemaNode HashPolicy { get; } = Object(
        Optional("header", HashHeader, "A field of the request."),
        Optional("cookie", HashCookie, "A cookie."),
        Optional("sourceIP", Object(), "The client's address."),
        Optional("terminal", Flag, "Whether those behind it are left out when it gives something."))
        .OneOf("header cookie sourceIP");

    public static SchemaNode RingHashPolicy { get; } = Object(
        Optional("minimumRingSize", Integer(1, 8388608), "Places at least."),
        Optional("maximumRingSize", Integer(1, 8388608), "Places at most."),
        Optional("useHostnameForHashing", Flag, "Whether endpoints are hashed by name."),
        Optional("hashPolicies", List(HashPolicy, max: 16), "What is hashed."))
        .NotLarger("minimumRingSize", "maximumRingSize");

    public static SchemaNode MaglevPolicy { get; } = Object(
        Optional("useHostnameForHashing", Flag, "Whether endpoints are hashed by name."),
        Optional("hashPolicies", List(HashPolicy, max: 16), "What is hashed."));

    public static SchemaNode ZoneForce { get; } = Object(
        Optional("minEndpointsInZoneThreshold", Integer(1).Default("1"), "With this many endpoints there."));

    public static SchemaNode ZonePreference { get; } = Object(
        Optional("force", ZoneForce, "Whatever the others hold."),
        Optional("minEndpointsThreshold", Integer(1).Default("6"), "With this many endpoints in all."),
        Optional("routingEnabled", Integer(0, 100).Default("100"), "Percent of the requests."));

    public static SchemaNode ZoneAwarePolicy { get; } = Object(
        Optional("preferLocal", ZonePreference, "The proxy's own comes first."));

    public static SchemaNode LoadBalancerPolicy { get; } = Object(
        Optional("leastRequest", LeastRequestPolicy, "The one with the fewest requests."),
        Optional("roundRobin", RoundRobinPolicy, "One after the other."),
        Optional("ringHash", RingHashPolicy, "By a hash, on a ring."),
        Optional("maglev", MaglevPolicy, "By a hash, in a table."),
        Optional("random", Object(), "By chance."),
        Optional("healthyPanicThreshold", Integer(0, 100), "With fewer healthy than this percentage, all are used."),
        Optional("updateMergeWindow", PolicyShapes.Duration.Default("\"1s\""), "Changes of endpoints within it are taken together."),
        Optional("closeConnectionsOnHostSetChange", Flag, "Whether connections are closed when endpoints change."),
        Optional("localityType", Word("WeightedLb"), "Localities by their weights."),
        Optional("zoneAware", ZoneAwarePolicy, "Localities by nearness."))
        .AtMostOne("leastRequest roundRobin ringHash maglev random")
        .AtMostOne("localityType zoneAware");
}
