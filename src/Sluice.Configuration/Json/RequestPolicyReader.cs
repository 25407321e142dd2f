using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Reads what is asked of a rule's requests before they are forwarded. Authentication is in AuthenticationReader.</summary>
internal static class RequestPolicyReader
{
    public static RequestPolicies? Policies(JsonElement rule) => rule.OptionalMember("policies") is not { } element ? null : new RequestPolicies
    {
        FaultInjection = Fault(element),
        Jwt = AuthenticationReader.Jwt(element),
        BasicAuth = AuthenticationReader.BasicAuth(element),
        ApiKey = AuthenticationReader.ApiKey(element),
        Rbac = element.OptionalMember("rbac") is { } rbac
            ? new RbacPolicy { Action = rbac.Choice<RbacAction>("action"), Expressions = rbac.Texts("expressions"), MatchAll = rbac.Flag("matchAll") }
            : null,
        Acl = Acl(element),
        LocalRateLimits = element.List("localRateLimits", LocalRateLimit),
        Csrf = Csrf(element),
        Buffer = element.OptionalMember("buffer") is { } buffer ? new BufferPolicy(LongNumber(buffer, "maxRequestBytes")) : null,
    };

    public static TimeSpan Time(JsonElement element, string name) => element.OptionalTime(name) ?? throw JsonFields.Wrong(name, "a time such as 00:00:05");

    private static FaultInjectionPolicy? Fault(JsonElement policies) => policies.OptionalMember("faultInjection") is not { } element ? null : new FaultInjectionPolicy
    {
        Delay = element.OptionalMember("delay") is { } delay ? new FaultDelay(Time(delay, "fixedDelay"), delay.Number("percentage")) : null,
        Abort = element.OptionalMember("abort") is { } abort
            ? new FaultAbort { HttpStatus = abort.OptionalNumber("httpStatus"), GrpcStatus = abort.OptionalNumber("grpcStatus"), Percentage = abort.Number("percentage") }
            : null,
        ResponseRateLimit = element.OptionalMember("responseRateLimit") is { } limit ? new FaultRateLimit(limit.Number("kbitsPerSecond"), limit.Number("percentage")) : null,
        MaxActiveFaults = element.OptionalNumber("maxActiveFaults"),
    };

    private static AclPolicy? Acl(JsonElement policies) => policies.OptionalMember("acl") is not { } element ? null : new AclPolicy
    {
        DefaultAction = element.Choice<AclAction>("defaultAction"),
        Rules = element.List("rules", rule => new AclRule { Name = rule.OptionalText("name"), Cidrs = rule.Texts("cidrs"), Action = rule.Choice<AclAction>("action") }),
        DenyStatusCode = element.Number("denyStatusCode"),
        DenyHeaders = element.List("denyHeaders", header => new HeaderValue(header.Text("name"), header.Text("value"))),
        BlockedByHeaderName = element.OptionalText("blockedByHeaderName"),
    };

    private static LocalRateLimitPolicy LocalRateLimit(JsonElement element) => new()
    {
        Bucket = element.Text("bucket"),
        MaxTokens = element.Number("maxTokens"),
        TokensPerFill = element.Number("tokensPerFill"),
        FillInterval = Time(element, "fillInterval"),
        PercentEnabled = element.Number("percentEnabled"),
        PercentEnforced = element.Number("percentEnforced"),
        SendHeaders = element.Flag("sendHeaders"),
    };

    private static CsrfPolicy? Csrf(JsonElement policies) => policies.OptionalMember("csrf") is not { } element ? null : new CsrfPolicy
    {
        PercentageEnabled = element.Number("percentageEnabled"),
        PercentageShadowed = element.Number("percentageShadowed"),
        AdditionalOrigins = element.List("additionalOrigins", origin =>
            new StringMatch(origin.Choice<StringMatchType>("type"), origin.Text("value"), origin.Flag("ignoreCase"))),
    };

    private static long LongNumber(JsonElement element, string name) =>
        element.OptionalElement(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : throw JsonFields.Wrong(name, "a whole number");
}
