using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>Logs users in.</summary>
public sealed record OAuth2Provider
{
    /// <summary>The Service or Backend of the provider.</summary>
    public required BackendObjectReference BackendRef { get; init; }

    /// <summary>Where its metadata is.</summary>
    public string? IssuerUri { get; init; }

    /// <summary>Where users log in.</summary>
    public string? AuthorizationEndpoint { get; init; }

    /// <summary>Where tokens are got.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>Where users log out.</summary>
    public string? EndSessionEndpoint { get; init; }

    /// <summary>Who we are.</summary>
    public required OAuth2Credentials Credentials { get; init; }

    /// <summary>Null means "scheme://host/oauth2/redirect" of the request.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>A path that logs out.</summary>
    public string LogoutPath { get; init; } = "/logout";

    /// <summary>Whether backends get the access token.</summary>
    public bool ForwardAccessToken { get; init; }

    /// <summary>What is asked for. Empty means user.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The cookies that hold the login.</summary>
    public OAuth2Cookies? Cookies { get; init; }

    /// <summary>Requests that get 401 instead.</summary>
    public DenyRedirect? DenyRedirect { get; init; }

    /// <summary>Tokens that are checked.</summary>
    public OAuth2Jwt? Jwt { get; init; }
}
