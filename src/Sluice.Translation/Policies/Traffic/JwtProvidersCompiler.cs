using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Policies.Jwks;
using Sluice.Resources.Policies.Extensions;
using ClaimToHeader = Sluice.Configuration.Policies.ClaimToHeader;
using JwtProvider = Sluice.Configuration.Policies.JwtProvider;
using RemoteJwks = Sluice.Configuration.Policies.RemoteJwks;
using Spec = Sluice.Resources.Policies.Extensions.JwtProvider;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.jwt of a GatewayExtension.</summary>
internal static class JwtProvidersCompiler
{
    private const string ConfigMapKey = "jwks";
    private const string DefaultQueryParameter = "access_token";

    /// <summary>Providers whose keys cannot be had are left out: their tokens are refused. Null when none is left.</summary>
    public static JwtPolicy? Compile(JwtProviders spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.ValidationMode is not ("Strict" or "AllowMissing"))
        {
            surroundings.Problem($"{field}.validationMode", $"\"{spec.ValidationMode}\" is not known; use Strict or AllowMissing");
            return null;
        }
        if (spec.Providers.Count is 0 or > JwtPolicy.MaxProviders)
        {
            surroundings.Problem($"{field}.providers", $"from 1 to {JwtPolicy.MaxProviders} are needed");
            return null;
        }
        var providers = new List<JwtProvider>();
        for (var i = 0; i < spec.Providers.Count; i++)
        {
            if (Provider(spec.Providers[i], surroundings, $"{field}.providers[{i}]") is { } provider)
                providers.Add(provider);
        }
        return providers.Count == 0 ? null : new JwtPolicy
        {
            ValidationMode = spec.ValidationMode == "Strict" ? JwtValidationMode.Strict : JwtValidationMode.AllowMissing,
            Providers = [.. providers],
        };
    }

    private static JwtProvider? Provider(Spec spec, IPolicySurroundings surroundings, string field)
    {
        var keys = $"{field}.jwks";
        var inline = spec.Jwks.Local is { } local ? Local(local, surroundings, $"{keys}.local") : null;
        var remote = spec.Jwks is { Local: null, Remote: { } source } ? Remote(source, surroundings, $"{keys}.remote") : null;
        if (spec.Jwks is { Local: null, Remote: null })
            surroundings.Problem(keys, "local or remote is needed");
        if (inline is null && remote is null)
            return null;
        return new JwtProvider
        {
            Name = spec.Name,
            Issuer = spec.Issuer,
            Audiences = spec.Audiences,
            Sources = Sources(spec.TokenSource),
            ClaimsToHeaders = [.. spec.ClaimsToHeaders.Select(claim => new ClaimToHeader(claim.Name, claim.Header))],
            InlineJwks = inline,
            RemoteJwks = remote,
            ForwardToken = spec.ForwardToken,
        };
    }

    private static JwtSource[] Sources(TokenSource? source) => source switch
    {
        { Header: { } header } => [new JwtSource { Header = header.Header, Prefix = header.Prefix ?? "" }],
        { QueryParameter: { } parameter } => [new JwtSource { Query = parameter }],
        _ => [new JwtSource { Header = "Authorization", Prefix = "Bearer " }, new JwtSource { Query = DefaultQueryParameter }],
    };

    private static string? Local(LocalJwks spec, IPolicySurroundings surroundings, string field)
    {
        var text = spec.Inline;
        if (text is not null)
        {
            field = $"{field}.inline";
        }
        else if (spec.ConfigMapRef is { } reference)
        {
            field = $"{field}.configMapRef";
            if (surroundings.ConfigMap(reference.Name, null, field) is not { } map)
                return null;
            if (!map.Data.TryGetValue(ConfigMapKey, out text))
            {
                surroundings.Problem(field, $"ConfigMap \"{map.Key}\" has no key \"{ConfigMapKey}\"");
                return null;
            }
        }
        else
        {
            surroundings.Problem(field, "inline or configMapRef is needed");
            return null;
        }
        try
        {
            var problems = new List<string>();
            JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(text), problems);
            foreach (var problem in problems)
                surroundings.Problem(field, problem);
            return text;
        }
        catch (FormatException exception)
        {
            surroundings.Problem(field, exception.Message);
            return null;
        }
    }

    private static RemoteJwks? Remote(Resources.Policies.Extensions.RemoteJwks spec, IPolicySurroundings surroundings, string field)
    {
        if (!Uri.TryCreate(spec.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            surroundings.Problem($"{field}.url", $"\"{spec.Url}\" is no absolute URL with http or https");
            return null;
        }
        if (spec.RetryPolicy is not null)
            surroundings.Problem($"{field}.retryPolicy", "is not supported by this version: after a failure the set is fetched again after failedRefetchDuration");
        if (surroundings.Cluster(spec.BackendRef, $"{field}.backendRef") is not { } cluster)
            return null;
        return new RemoteJwks
        {
            Url = spec.Url,
            Cluster = cluster,
            CacheDuration = spec.CacheDuration,
            AsyncFetch = spec.AsyncFetch is not null,
            FailedRefetchDuration = spec.AsyncFetch?.FailedRefetchDuration ?? RemoteJwks.DefaultFailedRefetchDuration,
        };
    }
}
