using Sluice.Configuration;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.cors: what the filter CORS of an HTTPRoute says; such a filter wins.</summary>
internal static class CorsPolicyCompiler
{
    public static CorsPolicy Compile(CorsPolicySettings spec, IPolicySurroundings surroundings, string field) => new()
    {
        // Scheme and host are compared without case (RFC 6454 4), and browsers send them in lower case.
        AllowOrigins = [.. spec.AllowOrigins.Select(origin => origin.ToLowerInvariant())],
        AllowMethods = spec.AllowMethods,
        AllowHeaders = spec.AllowHeaders,
        ExposeHeaders = spec.ExposeHeaders,
        AllowCredentials = spec.AllowCredentials,
        MaxAge = TimeSpan.FromSeconds(spec.MaxAge),
    };

    public static void Apply(RuleEffects rule, CorsPolicy record, PolicyUse use)
    {
        if (rule.BuiltIn.Cors is null)
            rule.Rule = rule.Rule with { Cors = record };
    }
}
