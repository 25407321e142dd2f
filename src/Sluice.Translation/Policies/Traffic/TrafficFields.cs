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
        new CompiledField<object, object>("autoHostRewrite", false, policy => policy.AutoHostRewrite, (isOn, _, _) => isOn,
            (rule, _, _) => rule.Rule = AutoHostRewriteCompiler.Apply(rule.Rule, rule.HostOf)) { IsOff = isOn => isOn is false, Targets = HttpRoutes },
        new CompiledField<BasicAuthPolicy, Configuration.Policies.BasicAuthPolicy>("basicAuth", true, policy => policy.BasicAuth, BasicAuthCompiler.Compile,
            (rule, basic, _) => rule.Policies = rule.Policies with { BasicAuth = basic }) { IsOff = spec => spec.IsDisabled },
        new CompiledField<BufferPolicy, Configuration.Policies.BufferPolicy>("buffer", false, policy => policy.Buffer, BufferCompiler.Compile,
            (rule, buffer, _) => rule.Policies = rule.Policies with { Buffer = buffer }) { IsOff = spec => spec.IsDisabled },
        new CompiledField<CompressionPolicy, Codings>("compression", false, policy => policy.Compression, CompressionCompiler.Compile,
            (rule, codings, _) => rule.Policies = rule.Policies with { Compression = codings.Response, Decompression = codings.Request })
        {
            IsOff = spec => spec is { ResponseCompression: null or { IsDisabled: true }, RequestDecompression: null or { IsDisabled: true } },
        },
        new CompiledField<CorsPolicySettings, Configuration.CorsPolicy>("cors", false, policy => policy.Cors, CorsPolicyCompiler.Compile,
            CorsPolicyCompiler.Apply) { IsOff = spec => spec.IsDisabled },
        new CompiledField<CsrfPolicy, Configuration.Policies.CsrfPolicy>("csrf", true, policy => policy.Csrf, CsrfCompiler.Compile,
            (rule, csrf, _) => rule.Policies = rule.Policies with { Csrf = csrf }),
        new CompiledField<ExtAuthPolicy, Configuration.Policies.ExtAuthPolicy>("extAuth", true, policy => policy.ExtAuth, ExtAuthCompiler.Compile,
            (rule, external, _) => rule.Policies = rule.Policies with { ExtAuth = external }) { IsOff = spec => spec.IsDisabled },
        new UnsupportedField("extProc", true, policy => policy.ExtProc is not null, policy => policy.ExtProc!.IsDisabled),
        new CompiledField<FaultInjectionPolicy, Configuration.Policies.FaultInjectionPolicy>("faultInjection", false, policy => policy.FaultInjection, FaultInjectionCompiler.Compile,
            (rule, fault, _) => rule.Policies = rule.Policies with { FaultInjection = fault }) { IsOff = spec => spec.IsDisabled },
        new CompiledField<HeaderModifiersPolicy, Configuration.Policies.HeaderModifiersPolicy>("headerModifiers", false, policy => policy.HeaderModifiers, HeaderModifiersCompiler.Compile,
            (rule, modifiers, _) => rule.Policies = rule.Policies with { HeaderModifiers = modifiers }),
        new CompiledField<InternalRedirectPolicy, Configuration.InternalRedirectPolicy>("internalRedirect", false, policy => policy.InternalRedirect, InternalRedirectCompiler.Compile,
            (rule, redirect, _) => rule.Rule = rule.Forwards ? rule.Rule with { InternalRedirect = redirect } : rule.Rule),
        new CompiledField<JwtAuthPolicy, Configuration.Policies.JwtPolicy>("jwtAuth", true, policy => policy.JwtAuth, JwtAuthCompiler.Compile,
            (rule, jwt, _) => rule.Policies = rule.Policies with { Jwt = jwt }) { IsOff = spec => spec.IsDisabled },
        new CompiledField<OAuth2Policy, Configuration.Policies.OAuth2Policy>("oauth2", true, policy => policy.OAuth2, OAuth2Compiler.Compile,
            (rule, login, _) => rule.Policies = rule.Policies with { OAuth2 = login }),
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
        new CompiledField<TransformationPolicy, Configuration.Policies.TransformationPolicy>("transformation", false, policy => policy.Transformation, TransformationCompiler.Compile,
            (rule, transformation, _) => rule.Policies = rule.Policies with { Transformation = transformation }),
        new CompiledField<UrlRewritePolicy, Configuration.Policies.PathRegexRewrite>("urlRewrite", true, policy => policy.UrlRewrite, UrlRewriteCompiler.Compile,
            UrlRewriteCompiler.Apply) { Targets = HttpRoutes },
    ];
}
