using System.Globalization;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;

namespace Sluice.Proxy.Explain;

/// <summary>Describes the filters of a rule from its configuration: names, order and main settings, never a secret.</summary>
internal static class FilterExplainer
{
    /// <summary>Prefixes, expressions and the like that are listed one by one.</summary>
    private const int MaxListed = 8;

    public static FilterExplanation[] Describe(RouteRule rule)
    {
        var filters = new List<(FilterStage Stage, FilterExplanation Filter)>();
        if (rule.Policies is { } policies)
            Describe(policies, Add);
        if (rule.Policies is not null && rule.Cors is { } cors)
            Add("cors", FilterStage.Cors, [$"origins {List(cors.AllowOrigins)}", "preflights are answered here"]);
        return [.. filters.OrderBy(filter => filter.Stage).Select(filter => filter.Filter)];

        void Add(string name, FilterStage stage, IEnumerable<string> settings) =>
            filters.Add((stage, new FilterExplanation { Name = name, Stage = stage.ToString(), Settings = [.. settings] }));
    }

    private static void Describe(RequestPolicies policies, Action<string, FilterStage, IEnumerable<string>> add)
    {
        if (policies.FaultInjection is { } fault)
            Describe(fault, add);
        if (policies.Jwt is { } jwt)
            add("jwt", FilterStage.Authentication, [.. jwt.Providers.Select(Describe), jwt.ValidationMode == JwtValidationMode.Strict ? "a token is required" : "requests without a token are served"]);
        if (policies.BasicAuth is { } basic)
            add("basicAuth", FilterStage.Authentication, [$"realm \"{basic.Realm}\"", Count(basic.Users.Count, "user")]);
        if (policies.ApiKey is { } key)
            add("apiKey", FilterStage.Authentication, [$"key in {Sources(key)}", Count(key.Clients.Count, "client")]);
        if (policies.ExtAuth is { } external)
            add("extAuth", FilterStage.Authentication, ServiceExplainer.Describe(external));
        if (policies.Rbac is { } rbac)
            add("rbac", FilterStage.Authorization, Describe(rbac));
        if (policies.Acl is { } acl)
            add("acl", FilterStage.Authorization, Describe(acl));
        foreach (LocalRateLimitPolicy limit in policies.LocalRateLimits)
            add("localRateLimit", FilterStage.RateLimit, Describe(limit));
        foreach (GlobalRateLimitPolicy limit in policies.GlobalRateLimits)
            add("globalRateLimit", FilterStage.RateLimit, ServiceExplainer.Describe(limit));
        if (policies.Csrf is { } csrf)
            add("csrf", FilterStage.Route, [.. Shares(csrf.PercentageEnabled, "enforced"), .. csrf.PercentageShadowed > 0 ? Shares(csrf.PercentageShadowed, "noted") : [], .. csrf.AdditionalOrigins.Count > 0 ? [$"also origins {List([.. csrf.AdditionalOrigins.Select(origin => $"{origin.Type} {origin.Value}")])}"] : (string[])[]]);
        if (policies.Buffer is { } buffer)
            add("buffer", FilterStage.Route, [string.Create(CultureInfo.InvariantCulture, $"up to {buffer.MaxRequestBytes} octets of a request")]);
    }

    private static void Describe(FaultInjectionPolicy fault, Action<string, FilterStage, IEnumerable<string>> add)
    {
        var slow = new List<string>();
        if (fault.ResponseRateLimit is { } rate)
            slow.Add(string.Create(CultureInfo.InvariantCulture, $"responses at {rate.KbitsPerSecond} kbit/s for {rate.Percentage} %"));
        if (fault.Delay is { } delay)
            slow.Add(string.Create(CultureInfo.InvariantCulture, $"waits {delay.FixedDelay.TotalSeconds:0.###} s for {delay.Percentage} %"));
        if (slow.Count > 0)
            add("faultDelay", FilterStage.Fault, slow);
        if (fault.Abort is { } abort)
            add("faultAbort", FilterStage.Fault, [string.Create(CultureInfo.InvariantCulture, $"answers {(abort.HttpStatus is { } status ? $"{status}" : $"status {abort.GrpcStatus} of gRPC")} for {abort.Percentage} %")]);
    }

    private static string Describe(JwtProvider provider) =>
        $"provider \"{provider.Name}\": issuer {(provider.Issuer is null ? "any" : $"\"{provider.Issuer}\"")}"
        + (provider.Audiences.Count == 0 ? "" : $", audiences {List(provider.Audiences)}")
        + (provider.RemoteJwks is { } remote ? $", keys from {remote.Url} of {remote.Cluster}" : ", keys of the configuration");

    private static IEnumerable<string> Describe(RbacPolicy rbac)
    {
        yield return $"{(rbac.Action == RbacAction.Allow ? "lets in" : "refuses")} what matches {(rbac.MatchAll ? "all" : "one")} of {Count(rbac.Expressions.Count, "expression")}";
        foreach (string expression in rbac.Expressions.Take(MaxListed))
            yield return expression;
    }

    private static IEnumerable<string> Describe(AclPolicy acl)
    {
        yield return $"{(acl.DefaultAction == AclAction.Allow ? "lets in" : "refuses")} addresses of no rule";
        foreach ((AclRule rule, int index) in acl.Rules.Take(MaxListed).Select((rule, index) => (rule, index)))
            yield return string.Create(CultureInfo.InvariantCulture, $"{rule.Name ?? $"rule {index}"}: {(rule.Action == AclAction.Allow ? "lets in" : "refuses")} {List(rule.Cidrs)}");
    }

    private static IEnumerable<string> Describe(LocalRateLimitPolicy limit)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"bucket \"{limit.Bucket}\": up to {limit.MaxTokens}, {limit.TokensPerFill} more every {limit.FillInterval.TotalSeconds:0.###} s");
        if (limit.PercentEnabled < 100)
            yield return string.Create(CultureInfo.InvariantCulture, $"counts {limit.PercentEnabled} %");
        if (limit.PercentEnforced < 100)
            yield return string.Create(CultureInfo.InvariantCulture, $"refuses {limit.PercentEnforced} % of those over it");
    }

    private static string Sources(ApiKeyPolicy key) => key.Sources.Count == 0 ? "header api-key" : List([.. key.Sources.SelectMany(Names)]);

    private static IEnumerable<string> Names(ApiKeySource source)
    {
        if (source.Header is { Length: > 0 } header)
            yield return $"header {header}";
        if (source.Query is { Length: > 0 } query)
            yield return $"query parameter {query}";
        if (source.Cookie is { Length: > 0 } cookie)
            yield return $"cookie {cookie}";
    }

    private static string[] Shares(int percentage, string what) => [string.Create(CultureInfo.InvariantCulture, $"{what} for {percentage} %")];

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string List(IReadOnlyList<string> texts) => texts.Count <= MaxListed
        ? string.Join(", ", texts)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", texts.Take(MaxListed))} and {texts.Count - MaxListed} more");
}
