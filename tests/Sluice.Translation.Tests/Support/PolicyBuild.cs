using System.Text;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;
using Sluice.Resources.Policies.Traffic;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Support;

/// <summary>Short ways to write policies in tests.</summary>
internal static class PolicyBuild
{
    public static PolicyTargetReference Target(string kind, string name, string? section = null) => new(GatewayApiGroup.Name, kind, name, section);

    /// <summary>A TrafficPolicy that says nothing yet.</summary>
    public static TrafficPolicy ForTraffic(string name, params PolicyTargetReference[] targets) => new() { Metadata = Meta(name), Fields = [], TargetRefs = targets };

    /// <summary>With a buffer of that size, by which a policy is known.</summary>
    public static TrafficPolicy Buffering(this TrafficPolicy policy, long size) => policy with { Fields = [.. policy.Fields, "buffer"], Buffer = new BufferPolicy { MaxRequestSize = size } };

    public static TrafficPolicy NotBuffering(this TrafficPolicy policy) => policy with { Fields = [.. policy.Fields, "buffer"], Buffer = new BufferPolicy { IsDisabled = true } };

    public static TrafficPolicy Limiting(this TrafficPolicy policy, int tokens) => policy with
    {
        Fields = [.. policy.Fields, "rateLimit"],
        RateLimit = new RateLimitPolicy { Local = new LocalRateLimit { TokenBucket = new TokenBucket { MaxTokens = tokens, FillInterval = TimeSpan.FromSeconds(1) } } },
    };

    public static TrafficPolicy Created(this TrafficPolicy policy, int second, string? weight = null) => policy with
    {
        Metadata = policy.Metadata with
        {
            CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(second),
            Annotations = weight is null ? policy.Metadata.Annotations : new Dictionary<string, string> { ["kgateway.dev/policy-weight"] = weight },
        },
    };

    public static TrafficPolicy Selecting(this TrafficPolicy policy, string kind, string label, string value, string? section = null) => policy with
    {
        TargetSelectors = [.. policy.TargetSelectors, new PolicyTargetSelector(GatewayApiGroup.Name, kind, new Dictionary<string, string> { [label] = value }, section)],
    };

    public static T Labelled<T>(this T target, string label, string value)
        where T : Resources.KubernetesObject => target with { Metadata = target.Metadata with { Labels = new Dictionary<string, string> { [label] = value } } };

    public static HttpRouteRule Naming(this HttpRouteRule rule, string policy) => rule with
    {
        Filters = [.. rule.Filters, new HttpRouteFilter { Type = "ExtensionRef", ExtensionRef = new LocalObjectReference(GatewayApiGroup.Kgateway, "TrafficPolicy", policy) }],
    };

    public static Secret Secret(string name, string key, string value, string space = Space) =>
        new() { Metadata = Meta(name, space), Data = new Dictionary<string, byte[]> { [key] = Encoding.UTF8.GetBytes(value) } };

    public static ReferenceGrant Grant(string space, string fromKind, string fromSpace, string toGroup, string toKind) => new()
    {
        Metadata = Meta($"grant-{toKind.ToLowerInvariant()}", space),
        From = [new ReferenceGrantFrom(GatewayApiGroup.Kgateway, fromKind, fromSpace)],
        To = [new ReferenceGrantTo(toGroup, toKind, null)],
    };
}
