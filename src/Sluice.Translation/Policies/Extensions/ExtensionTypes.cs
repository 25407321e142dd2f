using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Policies.Traffic;

namespace Sluice.Translation.Policies.Extensions;

/// <summary>Everything that a GatewayExtension may be. A type is checked here as the policies that name it have it compiled.</summary>
internal static class ExtensionTypes
{
    private static readonly ExtensionType[] All =
    [
        new("extAuth", extension => extension.ExtAuth is not null, (extension, surroundings) => ExtAuthCompiler.Compile(extension.ExtAuth!, surroundings, "extAuth") is not null),
        new("extProc", extension => extension.ExtProc is not null, null),
        new("jwt", extension => extension.Jwt is not null, (extension, surroundings) => JwtProvidersCompiler.Compile(extension.Jwt!, surroundings, "jwt") is not null),
        new("oauth2", extension => extension.OAuth2 is not null, (extension, surroundings) => OAuth2Compiler.Compile(extension, surroundings) is not null),
        new("rateLimit", extension => extension.RateLimit is not null, (extension, surroundings) => GlobalRateLimitCompiler.Compile(extension.RateLimit!, surroundings, "rateLimit") is not null),
        new("rateLimitQuota", extension => extension.RateLimitQuota is not null, null),
    ];

    public static bool Check(GatewayExtension extension, IPolicySurroundings surroundings)
    {
        var types = Array.FindAll(All, type => type.IsSet(extension));
        if (types.Length != 1)
        {
            surroundings.Problem("spec", $"must have exactly one of {string.Join(", ", All.Select(type => type.Field))}");
            return false;
        }
        if (types[0].Check is { } check)
            return check(extension, surroundings);
        surroundings.Problem(types[0].Field, "is not supported by this version");
        return false;
    }
}
