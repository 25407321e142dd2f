using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Schemas.GatewayApi;
using Sluice.Resources.Schemas.Kgateway.Policies;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Foreign;

/// <summary>spec of the kinds of other projects that are read.</summary>
internal static class ForeignSchemas
{
    /// <summary>What a step of an AuthConfig may be.</summary>
    public const string AuthTypes = "oauth2 oidcAuthorizationCode apiKeyAuth basicAuth passThroughAuth opaAuth";

    private static readonly SchemaField Name = Required("name", Text(1, 253), "Unique in the list.");

    private static readonly SchemaNode DnsCache = Object(
        Optional("dnsRefreshRate", PolicyShapes.DurationOf("1ms").Default("\"60s\""), "How often a name is looked up."),
        Optional("maxHosts", Integer(1, 65536).Default("1024"), "Names whose addresses are remembered at most."));

    private static readonly SchemaNode Listener = Object(
        Name,
        Required("protocol", Word("HTTP HTTPS"), "What is spoken."),
        Required("port", NameSchemas.Port, "The port."),
        Optional("hostname", NameSchemas.Hostname, "The host of requests. Absent: any."));

    private static readonly SchemaNode Provider = Object(
        Name,
        Required("type", Word("OpenAI Anthropic Ollama AzureOpenAI Gemini VertexAI Bedrock Mistral"), "What it speaks."),
        Optional("endpoint", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where it is. Absent: where such a provider usually is."),
        Optional("apiKey", Object(Required("secretRef", CommonPolicySchemas.SecretKeyReference, "The Secret.")), "What it knows us by."),
        Optional("models", Set(Text(1, 253), 256), "Models that may be used. Absent: all."));

    private static readonly SchemaNode GuardRule = Object(
        Required("type", Word("BlockList MaxTokens ContentFilter RateLimiting"), "What is checked."),
        Optional("patterns", List(Text(1, 1024), 1, 256), "With the type BlockList: texts that prompts must not hold."),
        Optional("value", Integer(1), "With the type MaxTokens: tokens of a prompt at most."),
        Optional("filters", List(Object(Required("type", Word("PII"), "What is looked for."), Required("action", Word("Block Mask"), "What is done then.")), 1, 16), "With the type ContentFilter."),
        Optional("requests", Integer(1), "With the type RateLimiting: how many."),
        Optional("unit", Word("Second Minute Hour Day"), "With the type RateLimiting: in which time."),
        Optional("per", Word("User"), "With the type RateLimiting: whose requests are counted together."))
        .With("type", "BlockList", "patterns")
        .With("type", "MaxTokens", "value")
        .With("type", "ContentFilter", "filters")
        .With("type", "RateLimiting", "requests")
        .With("type", "RateLimiting", "unit");

    private static readonly SchemaField ProviderName = Required("provider", Text(1, 253), "A provider by name.");

    private static readonly SchemaNode Route = Object(
        Required("match", Object(Required("path", Text(1, 1024), "The path.")), "Which requests."),
        Required("destination", Object(
            ProviderName,
            Optional("model", Text(1, 253), "Absent: that of the request."),
            Optional("failover", List(Object(ProviderName, Optional("model", Text(1, 253))), max: 16), "Who is asked when it fails, in order.")), "Where they go."),
        Optional("guards", Set(Text(1, 253), 64), "Prompt guards by name."),
        Optional("enrichment", Set(Text(1, 253), 64), "Prompt enrichments by name."));

    public static SchemaNode RateLimitFilter { get; } = Object(
        Required("type", Word("Global"), "Who keeps the limits: all proxies together."),
        Required("global", Object(
            Required("rules", List(
                Object(
                    Optional("clientSelectors", List(
                        Object(Required("headers", List(
                            Object(
                                Required("name", NameSchemas.HeaderName, "The field's name."),
                                Required("value", Text(1, 4096), "The whole value.")), 1, 16), "All must match.")), max: 16), "One must match. Empty: requests that no other rule counts."),
                    Required("limit", Object(
                        Required("requests", Integer(1), "How many."),
                        Required("unit", Word("Second Minute Hour Day"), "In which time.")), "The limit.")), 1, 64), "Every rule that a request matches counts it.")), "The limits."));

    public static SchemaNode AuthConfig { get; } = Object(
        Required("configs", List(
            Object(
                Optional("oauth2", Object(
                    Required("accessTokenValidation", Object(
                        Required("jwt", Object(
                            Required("remoteJwks", Object(
                                Required("url", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where they are.")), "The keys of tokens.")), "JSON Web Tokens.")), "How tokens are checked.")), "Requests carry a token."),
                Optional("oidcAuthorizationCode", Open(), "Read, not served."),
                Optional("apiKeyAuth", Open(), "Read, not served."),
                Optional("basicAuth", Open(), "Read, not served."),
                Optional("passThroughAuth", Open(), "Read, not served."),
                Optional("opaAuth", Open(), "Read, not served."))
            .OneOf(AuthTypes), 1, 16), "A request must pass all."));

    public static SchemaNode DynamicForwardProxy { get; } = Object(
        Required("allowedHosts", List(Text(1, 253) with { Check = PolicyNames.HostPattern }, 1, 256), "Where requests may go: hosts, \"*.example.com\" for all below one."),
        Optional("dnsCache", DnsCache, "How names are looked up."));

    public static SchemaNode AiGateway { get; } = Object(
        Optional("listeners", Keyed("name", Listener, max: 64), "Where requests are taken."),
        Required("providers", Keyed("name", Provider, 1, 64), "Who has the models."),
        Optional("promptGuards", Keyed("name", Object(Name, Required("rules", List(GuardRule, 1, 64), "All must hold.")), max: 64), "What prompts may hold."),
        Optional("promptEnrichment", Keyed("name", Object(Name, Required("template", Text(1, 65536), "The text.")), max: 64), "What is added to prompts."),
        Optional("routes", List(Route, max: 64), "Which model a path leads to."));

    public static SchemaNode PromptGuard { get; } = Object(Required("rules", List(GuardRule, 1, 64), "All must hold."));
}
