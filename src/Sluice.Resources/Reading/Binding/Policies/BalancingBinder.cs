using Sluice.Resources.Policies.Backends;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class BalancingBinder
{
    public static SlowStart SlowStart(PolicyNode node) => new()
    {
        Window = node.Time("window"),
        Aggression = node.Text("aggression"),
        MinWeightPercent = node.Number("minWeightPercent"),
    };

    public static LeastRequestPolicy LeastRequestPolicy(PolicyNode node) => new()
    {
        ChoiceCount = node.NeedNumber("choiceCount"),
        SlowStart = node.Part("slowStart", SlowStart),
    };

    public static RoundRobinPolicy RoundRobinPolicy(PolicyNode node) => new()
    {
        SlowStart = node.Part("slowStart", SlowStart),
    };

    public static HashHeader HashHeader(PolicyNode node) => new()
    {
        Name = node.Need("name"),
    };

    public static HashCookie HashCookie(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Path = node.Text("path"),
        Ttl = node.Time("ttl"),
        Secure = node.Flag("secure"),
        HttpOnly = node.Flag("httpOnly"),
        SameSite = node.Text("sameSite"),
    };

    public static HashPolicy HashPolicy(PolicyNode node) => new()
    {
        Header = node.Part("header", HashHeader),
        Cookie = node.Part("cookie", HashCookie),
        IsSourceIp = node.Has("sourceIP"),
        Terminal = node.Flag("terminal"),
    };

    public static RingHashPolicy RingHashPolicy(PolicyNode node) => new()
    {
        MinimumRingSize = node.Number("minimumRingSize"),
        MaximumRingSize = node.Number("maximumRingSize"),
        UseHostnameForHashing = node.Flag("useHostnameForHashing"),
        HashPolicies = node.List("hashPolicies", HashPolicy),
    };

    public static MaglevPolicy MaglevPolicy(PolicyNode node) => new()
    {
        UseHostnameForHashing = node.Flag("useHostnameForHashing"),
        HashPolicies = node.List("hashPolicies", HashPolicy),
    };

    public static ZoneForce ZoneForce(PolicyNode node) => new()
    {
        MinEndpointsInZoneThreshold = node.NeedNumber("minEndpointsInZoneThreshold"),
    };

    public static ZonePreference ZonePreference(PolicyNode node) => new()
    {
        Force = node.Part("force", ZoneForce),
        MinEndpointsThreshold = node.NeedNumber("minEndpointsThreshold"),
        RoutingEnabled = node.NeedNumber("routingEnabled"),
    };

    public static ZoneAwarePolicy ZoneAwarePolicy(PolicyNode node) => new()
    {
        PreferLocal = node.Part("preferLocal", ZonePreference),
    };

    public static LoadBalancerPolicy LoadBalancerPolicy(PolicyNode node) => new()
    {
        LeastRequest = node.Part("leastRequest", LeastRequestPolicy),
        RoundRobin = node.Part("roundRobin", RoundRobinPolicy),
        RingHash = node.Part("ringHash", RingHashPolicy),
        Maglev = node.Part("maglev", MaglevPolicy),
        IsRandom = node.Has("random"),
        HealthyPanicThreshold = node.Number("healthyPanicThreshold"),
        UpdateMergeWindow = node.NeedTime("updateMergeWindow"),
        CloseConnectionsOnHostSetChange = node.Flag("closeConnectionsOnHostSetChange"),
        LocalityType = node.Text("localityType"),
        ZoneAware = node.Part("zoneAware", ZoneAwarePolicy),
    };
}
