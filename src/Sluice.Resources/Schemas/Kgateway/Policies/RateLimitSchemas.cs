using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class RateLimitSchemas
{
    public static SchemaNode TokenBucket { get; } = Object(
        Required("maxTokens", Integer(1), "Tokens that it holds at most, and begins with."),
        Optional("tokensPerFill", Integer(1).Default("1"), "Tokens that come at once."),
        Required("fillInterval", PolicyShapes.DurationOf("50ms"), "How often they come: at least 50 ms."));

    public static SchemaNode LocalRateLimit { get; } = Object(
        Optional("tokenBucket", TokenBucket, "Null: no limit."),
        Optional("percentEnabled", Integer(0, 100).Default("100"), "Share of the requests that are counted."),
        Optional("percentEnforced", Integer(0, 100).Default("100"), "Share of the requests over the limit that are refused."));

    public static SchemaNode RateLimitGenericEntry { get; } = Object(
        Required("key", Text(1, 253), "Its name."),
        Required("value", Text(1, 1024), "Its value."));

    public static SchemaNode RateLimitEntry { get; } = Object(
        Required("type", Word("Generic Header RemoteAddress Path"), "Where the value is from."),
        Optional("generic", RateLimitGenericEntry, "With the type Generic."),
        Optional("header", NameSchemas.HeaderName, "With the type Header: the field's name."))
        .With("type", "Generic", "generic")
        .With("type", "Header", "header");

    public static SchemaNode RateLimitDescriptor { get; } = Object(
        Required("entries", List(RateLimitEntry, 1, 32), "In order."));

    public static SchemaNode GlobalRateLimit { get; } = Object(
        Required("extensionRef", CommonPolicySchemas.ExtensionReference, "A GatewayExtension with rateLimit."),
        Required("descriptors", List(RateLimitDescriptor, 1, 32), "Any of them over its limit refuses the request."));

    public static SchemaNode RateLimitQuotaBucket { get; } = Object(
        Required("key", Text(1, 253), "The entry's name."),
        Required("type", Word("Generic Header"), "Where the value is from."),
        Optional("value", Text(1, 1024), "With the type Generic."),
        Optional("header", NameSchemas.HeaderName, "With the type Header: the field's name."))
        .With("type", "Generic", "value")
        .With("type", "Header", "header");

    public static SchemaNode ExpiredAssignment { get; } = Object(
        Optional("timeout", PolicyShapes.Duration, "How long it holds."),
        Optional("strategy", Word("ReuseLast Deny Allow"), "What is done with requests."));

    public static SchemaNode RateLimitQuota { get; } = Object(
        Required("extensionRef", CommonPolicySchemas.ExtensionReference, "A GatewayExtension with rateLimitQuota."),
        Required("bucket", List(RateLimitQuotaBucket, 1, 32), "What a request is counted under."),
        Optional("reportingInterval", PolicyShapes.Duration.Default("\"5s\""), "How often usage is reported."),
        Optional("denyStatus", Integer(400, 599), "The status of refusals. Null means 429."),
        Optional("noAssignmentBehavior", Word("Allow Deny"), "What holds before the first assignment."),
        Optional("expiredAssignmentBehavior", ExpiredAssignment, "What holds after the last one."));

    public static SchemaNode RateLimitPolicy { get; } = Object(
        Optional("local", LocalRateLimit, "Kept by each proxy."),
        Optional("global", GlobalRateLimit, "Kept by a service."),
        Optional("quota", RateLimitQuota, "Assigned by a service."));
}
