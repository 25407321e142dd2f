using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class DeliverySchemas
{
    public static SchemaNode BufferPolicy { get; } = Object(
        Optional("maxRequestSize", PolicyShapes.Quantity(1, 4294967296), "More is refused with 413."),
        Optional("disable", Object(), "Turns off what is inherited."))
        .OneOf("maxRequestSize disable");

    public static SchemaNode TimeoutPolicy { get; } = Object(
        Optional("request", PolicyShapes.Duration, "From the request's head to the end of the response; 0s for none."),
        Optional("streamIdle", PolicyShapes.Duration, "Without a byte in either direction; 0s for none."));

    public static SchemaNode RetryPolicySettings { get; } = Object(
        Optional("retryOn", Set(Word("5xx gateway-error reset reset-before-request connect-failure envoy-ratelimited retriable-4xx refused-stream retriable-status-codes http3-post-connect-failure cancelled deadline-exceeded internal resource-exhausted unavailable"), 16), "What is tried again."),
        Optional("attempts", Integer(1).Default("1"), "Tries after the first."),
        Optional("perTryTimeout", PolicyShapes.DurationOf("1ms"), "How long each may take."),
        Optional("statusCodes", List(Integer(400, 599), max: 64), "For retriable-status-codes."),
        Optional("backoffBaseInterval", PolicyShapes.DurationOf("1ms").Default("\"25ms\""), "The first pause; doubles, at most tenfold."))
        .AnyOf("retryOn statusCodes");

    public static SchemaNode InternalRedirectPolicy { get; } = Object(
        Optional("redirectResponseCodes", List(Integer(301, 308), max: 5), "Which. Empty means 302."),
        Optional("allowCrossSchemeRedirect", Flag, "Whether http may lead to https, and back."),
        Optional("responseHeadersToCopy", Set(NameSchemas.HeaderName, 64), "Fields of the redirect that go into the new request."),
        Optional("maxRedirects", Integer(0).Default("1"), "How many in a row."));

    public static SchemaNode PathRegexRewrite { get; } = Object(
        Required("pattern", Text(1, 1024), "An expression (RE2)."),
        Required("substitution", Text(0, 1024), "What takes the place of a match; \\1 is the first group."));

    public static SchemaNode UrlRewritePolicy { get; } = Object(
        Required("pathRegex", PathRegexRewrite, "Of the path."));

    public static SchemaNode CompressionSettings { get; } = Object(
        Optional("libraries", Set(Word("Gzip Brotli Zstd"), 3), "In order of preference. Empty means Gzip."),
        Optional("disable", Object(), "Turns off what is inherited."));

    public static SchemaNode CompressionPolicy { get; } = Object(
        Optional("responseCompression", CompressionSettings, "For clients that take it."),
        Optional("requestDecompression", CompressionSettings, "For backends that do not."));

    public static SchemaNode RequestMirrorPolicy { get; } = Object(
        Optional("disableShadowHostSuffixAppend", Flag, "Whether Host stays without -shadow."),
        Optional("hostRewriteLiteral", Text(1, 253), "The Host of copies."));

    public static SchemaNode FaultDelay { get; } = Object(
        Required("fixedDelay", PolicyShapes.DurationOf("1ms"), "For how long."),
        Optional("percentage", Integer(0, 100).Default("100"), "Which share of them."));

    public static SchemaNode FaultAbort { get; } = Object(
        Optional("httpStatus", Integer(200, 599), "With this status."),
        Optional("grpcStatus", Integer(0, 16), "With this gRPC status."),
        Optional("percentage", Integer(0, 100).Default("100"), "Which share of them."))
        .OneOf("httpStatus grpcStatus");

    public static SchemaNode FaultRate { get; } = Object(
        Required("kbitsPerSecond", Integer(1), "To this rate, in kbit/s."),
        Optional("percentage", Integer(0, 100).Default("100"), "Which share of them."));

    public static SchemaNode FaultInjectionPolicy { get; } = Object(
        Optional("delay", FaultDelay, "Holds requests up."),
        Optional("abort", FaultAbort, "Refuses requests."),
        Optional("responseRateLimit", FaultRate, "Slows responses down."),
        Optional("maxActiveFaults", Integer(0), "How many exchanges at once. Null: any number."),
        Optional("disable", Object(), "Turns off what is inherited."));
}
