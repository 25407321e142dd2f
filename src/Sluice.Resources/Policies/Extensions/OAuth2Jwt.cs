using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>Tokens of the provider that are checked.</summary>
public sealed record OAuth2Jwt
{
    /// <summary>Where the keys are.</summary>
    public string? JwksUri { get; init; }

    /// <summary>The Service or Backend that is asked.</summary>
    public BackendObjectReference? JwksBackendRef { get; init; }

    /// <summary>Of the access token.</summary>
    public OAuth2TokenRules? AccessToken { get; init; }

    /// <summary>Of the ID token.</summary>
    public OAuth2TokenRules? IdToken { get; init; }
}
