using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Reads what a rule says beside its action.</summary>
internal static class PolicyReader
{
    public static RouteTimeouts? Timeouts(JsonElement rule) => rule.OptionalMember("timeouts") is not { } element ? null : new RouteTimeouts
    {
        Request = element.OptionalTime("request"),
        BackendRequest = element.OptionalTime("backendRequest"),
        StreamIdle = element.OptionalTime("streamIdle"),
    };

    public static RetryPolicy? Retry(JsonElement rule) => rule.OptionalMember("retry") is not { } element ? null : new RetryPolicy
    {
        StatusCodes = element.Numbers("statusCodes"),
        GrpcStatusCodes = element.Numbers("grpcStatusCodes"),
        Attempts = element.Number("attempts"),
        Backoff = element.OptionalTime("backoff") ?? RetryPolicy.DefaultBackoff,
        Conditions = (RetryConditions?)element.OptionalNumber("conditions"),
        PerTryTimeout = element.OptionalTime("perTryTimeout"),
        FullJitter = element.Flag("fullJitter"),
    };

    public static InternalRedirectPolicy? InternalRedirect(JsonElement rule) => rule.OptionalMember("internalRedirect") is not { } element ? null : new InternalRedirectPolicy
    {
        StatusCodes = element.Numbers("statusCodes"),
        AllowCrossSchemeRedirect = element.Flag("allowCrossSchemeRedirect"),
        MaxRedirects = element.Number("maxRedirects"),
        ResponseHeadersToCopy = element.Texts("responseHeadersToCopy"),
    };

    public static RequestMirror[] Mirrors(JsonElement owner) => owner.List("mirrors", element => new RequestMirror
    {
        Cluster = element.OptionalText("cluster"),
        Numerator = element.Number("numerator"),
        Denominator = element.Number("denominator"),
    });

    public static CorsPolicy? Cors(JsonElement rule) => rule.OptionalMember("cors") is not { } element ? null : new CorsPolicy
    {
        AllowOrigins = element.Texts("allowOrigins"),
        AllowMethods = element.Texts("allowMethods"),
        AllowHeaders = element.Texts("allowHeaders"),
        ExposeHeaders = element.Texts("exposeHeaders"),
        AllowCredentials = element.Flag("allowCredentials"),
        MaxAge = element.OptionalTime("maxAge") ?? throw JsonFields.Wrong("maxAge", "a time such as 00:00:05"),
    };

    public static SessionPersistence? Session(JsonElement rule) => rule.OptionalMember("sessionPersistence") is not { } element ? null : new SessionPersistence
    {
        Type = element.Choice<SessionPersistenceType>("type"),
        SessionName = element.Text("sessionName"),
        AbsoluteTimeout = element.OptionalTime("absoluteTimeout"),
        IdleTimeout = element.OptionalTime("idleTimeout"),
        IsPermanentCookie = element.Flag("isPermanentCookie"),
        CookiePath = element.OptionalText("cookiePath"),
    };
}
