using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class OriginBinder
{
    public static CorsPolicySettings CorsPolicySettings(PolicyNode node) => new()
    {
        AllowOrigins = node.Texts("allowOrigins"),
        AllowCredentials = node.Flag("allowCredentials"),
        AllowMethods = node.Texts("allowMethods"),
        AllowHeaders = node.Texts("allowHeaders"),
        ExposeHeaders = node.Texts("exposeHeaders"),
        MaxAge = node.NeedNumber("maxAge"),
        IsDisabled = node.Has("disable"),
    };

    public static CsrfPolicy CsrfPolicy(PolicyNode node) => new()
    {
        PercentageEnabled = node.Number("percentageEnabled"),
        PercentageShadowed = node.Number("percentageShadowed"),
        AdditionalOrigins = node.List("additionalOrigins", CommonPolicyBinder.StringMatcher),
    };

    public static AclRule AclRule(PolicyNode node) => new()
    {
        Name = node.Text("name"),
        Cidrs = node.Texts("cidrs"),
        Action = node.Need("action"),
    };

    public static AclHeader AclHeader(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Value = node.Need("value"),
    };

    public static AclDenyResponse AclDenyResponse(PolicyNode node) => new()
    {
        StatusCode = node.NeedNumber("statusCode"),
        Headers = node.List("headers", AclHeader),
        BlockedByHeaderName = node.Text("blockedByHeaderName"),
    };

    public static AclPolicy AclPolicy(PolicyNode node) => new()
    {
        DefaultAction = node.Need("defaultAction"),
        Rules = node.List("rules", AclRule),
        DenyResponse = node.Part("denyResponse", AclDenyResponse),
    };

    public static RbacRules RbacRules(PolicyNode node) => new()
    {
        MatchExpressions = node.Texts("matchExpressions"),
    };

    public static RbacPolicy RbacPolicy(PolicyNode node) => new()
    {
        Policy = node.NeedPart("policy", RbacRules),
        Action = node.Need("action"),
    };
}
