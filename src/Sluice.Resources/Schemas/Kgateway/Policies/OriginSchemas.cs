using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class OriginSchemas
{
    public static SchemaNode CorsPolicySettings { get; } = Object(
        Optional("allowOrigins", Set(NameSchemas.Origin, 64), "Origins whose scripts may read answers; \"*\" for all."),
        Optional("allowCredentials", Flag, "Whether requests may carry cookies and authorization."),
        Optional("allowMethods", Set(Word("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH *"), 9), "Methods of requests, or \"*\"."),
        Optional("allowHeaders", Set(NameSchemas.HeaderName, 64), "Fields of requests, or \"*\"."),
        Optional("exposeHeaders", Set(NameSchemas.HeaderName, 64), "Fields of answers that scripts may read, or \"*\"."),
        Optional("maxAge", Integer(1).Default("5"), "Seconds that the answer to a preflight may be remembered."),
        Optional("disable", Object(), "Turns off what is inherited."));

    public static SchemaNode CsrfPolicy { get; } = Object(
        Optional("percentageEnabled", Integer(0, 100), "Share of the requests that are refused."),
        Optional("percentageShadowed", Integer(0, 100), "Share of the requests that are only counted."),
        Optional("additionalOrigins", List(CommonPolicySchemas.StringMatcher, max: 16), "Hosts that are allowed beside the request's own."))
        .AtMostOne("percentageEnabled percentageShadowed");

    public static SchemaNode AclRule { get; } = Object(
        Optional("name", Text(1, 253), "For logs and headers."),
        Required("cidrs", List(PolicyShapes.Cidr, 1, 256), "Address ranges, or single addresses."),
        Required("action", Word("allow deny"), "What is done with their requests."));

    public static SchemaNode AclHeader { get; } = Object(
        Required("name", NameSchemas.HeaderName, "The field's name."),
        Required("value", Text(1, 4096), "The field's value."));

    public static SchemaNode AclDenyResponse { get; } = Object(
        Optional("statusCode", Integer(200, 599).Default("403"), "The status."),
        Optional("headers", Keyed("name", AclHeader, max: 16), "Fields that are added."),
        Optional("blockedByHeaderName", NameSchemas.HeaderName, "A field that names the rule."));

    public static SchemaNode AclPolicy { get; } = Object(
        Required("defaultAction", Word("allow deny"), "What holds for addresses that no rule names."),
        Optional("rules", List(AclRule, max: 256), "In any order."),
        Optional("denyResponse", AclDenyResponse, "Null: 403 without more."));

    public static SchemaNode RbacRules { get; } = Object(
        Required("matchExpressions", List(Text(1, 16384), 1, 256), "CEL expressions; one that is true suffices."));

    public static SchemaNode RbacPolicy { get; } = Object(
        Required("policy", RbacRules, "The expressions."),
        Optional("action", Word("Allow Deny").Default("\"Allow\""), "What is done with requests that match."));
}
