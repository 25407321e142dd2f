using Sluice.Resources.Policies.Foreign;
using Sluice.Resources.Schemas.Foreign;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads the kinds of other projects, that passed their schemas.</summary>
internal static class ForeignBinder
{
    private static readonly string[] AuthTypes = ForeignSchemas.AuthTypes.Split(' ');

    public static RateLimitFilter RateLimitFilter(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        Rules = node.At("global").List("rules", RateLimitRule),
    };

    public static AuthConfig AuthConfig(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        Configs = node.List("configs", AuthStep),
    };

    public static DynamicForwardProxy DynamicForwardProxy(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields)
    {
        var proxy = new DynamicForwardProxy { Metadata = metadata, Fields = fields, AllowedHosts = node.Texts("allowedHosts") };
        return node.Has("dnsCache")
            ? proxy with { DnsRefreshRate = node.At("dnsCache").NeedTime("dnsRefreshRate"), MaxHosts = node.At("dnsCache").NeedNumber("maxHosts") }
            : proxy;
    }

    public static AiGateway AiGateway(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        Spec = node.AsJson(),
    };

    public static PromptGuard PromptGuard(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        Rules = node.JsonList("rules"),
    };

    private static RateLimitRule RateLimitRule(PolicyNode node) => new()
    {
        ClientSelectors = node.List("clientSelectors", static selector => new RateLimitClientSelector { Headers = selector.List("headers", Header) }),
        Limit = node.NeedPart("limit", static limit => new RateLimitAmount { Requests = limit.NeedNumber("requests"), Unit = limit.Need("unit") }),
    };

    private static RateLimitHeader Header(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Value = node.Need("value"),
    };

    private static AuthConfigStep AuthStep(PolicyNode node)
    {
        var type = AuthTypes.First(node.Has);
        return new AuthConfigStep { Type = type, JwksUrl = type == "oauth2" ? node.At("oauth2").At("accessTokenValidation").At("jwt").At("remoteJwks").Need("url") : null };
    }
}
