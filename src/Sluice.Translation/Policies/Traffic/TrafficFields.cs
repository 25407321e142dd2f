using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// Every field of a TrafficPolicy's spec, by name. A field gets its compiler by becoming a <see cref="CompiledField{TSpec, TRecord}"/> here:
/// nothing else has to know of it.
/// </summary>
internal static class TrafficFields
{
    private static readonly string[] HttpRoutes = ["HTTPRoute"];
    private static readonly string[] Routes = ["HTTPRoute", "GRPCRoute"];

    public static IReadOnlyList<TrafficField> All { get; } =
    [
        new CompiledField<AclPolicy, Configuration.Policies.AclPolicy>("acl", true, policy => policy.Acl, AclCompiler.Compile,
            (rule, acl, _) => rule.Policies = rule.Policies with { Acl = acl }) { Merging = AclCompiler.Merge },
        new UnsupportedField("ai", true, policy => policy.Ai is not null),
        new CompiledField<ApiKeyAuthPolicy, Configuration.Policies.ApiKeyPolicy>("apiKeyAuth", true, policy => policy.ApiKeyAuth, ApiKeyAuthCompiler.Compile,
            (rule, key, _) => rule.Policies = rule.Policies with { ApiKey = key }) { IsOff = spec => spec.IsDisabled },
        new UnsupportedField("autoHostRewrite", false, policy => policy.AutoHostRewrite is not null, policy => policy.AutoHostRewrite == false) { Targets = HttpRoutes },
        new CompiledField<BasicAuthPolicy, Configuration.Policies.BasicAuthPolicy>("basicAuth", true, policy => policy.BasicAuth, BasicAuthCompiler.Compile,
            (rule, basic, _) => rule.Policies = rule.Policies with { BasicAuth = basic }) { IsOff = spec => spec.IsDisabled },
        new CompiledField<BufferPolicy, Configuration.Policies.BufferPolicy>("buffer", false, policy => policy.Buffer, BufferCompiler.Compile,
            (rule, buffer, _) => rule.Policies = rule.Policies with { Buffer = buffer }) { IsOff = spec => spec.IsDisabled },
        new UnsupportedField("compression", false, policy => policy.Compression is not null,
            policy => policy.Compression is { ResponseCompression: null or { IsDisabled: true }, RequestDecompression: null or { IsDisabled: true } }),
        new CompiledField<CorsPolicySettings, Configuration.CorsPolicy>("cors", false, policy => policy.Cors, CorsPolicyCompiler.Compile,
            CorsPolicyCompiler.Apply) { IsOff = spec => spec.IsDisabled },
        new CompiledField<CsrfPolicy, Configuration.Policies.CsrfPolicy>("csrf", true, policy => policy.Csrf, CsrfCompiler.Compile,
            (rule, csrf, _) => rule.Policies = rule.Policies with { Csrf = csrf }),
        new UnsupportedField("extAuth", true, policy => policy.ExtAuth is not null, policy => policy.ExtAuth!.IsDisabled),
        new UnsupportedField("extProc", true, policy => policy.ExtProc is not null, policy => policy.ExtProc!.IsDisabled),
        new CompiledField<FaultInjectionPolicy, Configuration.Policies.FaultInjectionPolicy>("faultInjection", false, policy => policy.FaultInjection, FaultInjectionCompiler.Compile,
            (rule, fault, _) => rule.Policies = rule.Policies with { FaultInjection = fault }) { IsOff = spec => spec.IsDisabled },
        new UnsupportedField("headerModifiers", false, policy => policy.HeaderModifiers is not null),
        new CompiledField<InternalRedirectPolicy, Configuration.InternalRedirectPolicy>("internalRedirect", false, policy => policy.InternalRedirect, InternalRedirectCompiler.Compile,
            (rule, redirect, _) => rule.Rule = rule.Forwards ? rule.Rule with { InternalRedirect = redirect } : rule.Rule),
        new CompiledField<JwtAuthPolicy, Configuration.Policies.JwtPolicy>("jwtAuth", true, policy => policy.JwtAuth, JwtAuthCompiler.Compile,
            (rule, jwt, _) => rule.Policies = rule.Policies with { Jwt = jwt }) { IsOff = spec => spec.IsDisabled },
        new UnsupportedField("oauth2", true, policy => policy.OAuth2 is not null),
        new CompiledField<RateLimitPolicy, RateLimits>("rateLimit", true, policy => policy.RateLimit, RateLimitCompiler.Compile,
            RateLimitCompiler.Apply) { IsOff = spec => spec is { Local.TokenBucket: null, Global: null, Quota: null } },
        new CompiledField<RbacPolicy, Configuration.Policies.RbacPolicy>("rbac", true, policy => policy.Rbac, RbacCompiler.Compile,
            (rule, rbac, _) => rule.Policies = rule.Policies with { Rbac = rbac }),
        new UnsupportedField("requestMirror", false, policy => policy.RequestMirror is not null),
        new CompiledField<RetryPolicySettings, Configuration.RetryPolicy>("retry", false, policy => policy.Retry, RetryCompiler.Compile,
            (rule, retry, _) => rule.Rule = rule.Forwards && rule.BuiltIn.Retry is null ? rule.Rule with { Retry = retry } : rule.Rule),
        new UnsupportedField("statPrefix", false, policy => policy.StatPrefix is not null) { Targets = Routes },
        new CompiledField<TimeoutPolicy, TimeLimits>("timeouts", false, policy => policy.Timeouts, TimeoutCompiler.Compile, TimeoutCompiler.Apply),
        new UnsupportedField("tracing", false, policy => policy.Tracing is not null, policy => policy.Tracing!.IsDisabled) { Targets = Routes },
        new UnsupportedField("transformation", false, policy => policy.Transformation is not null),
        new UnsupportedField("urlRewrite", false, policy => policy.UrlRewrite is not null) { Targets = HttpRoutes },
    ];
}
