using Sluice.Configuration;
using Sluice.Proxy.Filters.Chain;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Answers of a login. Where they lead, and their cookies, are added for each request.</summary>
internal static class OAuth2Denials
{
    private static readonly HeaderValue NoStore = new("Cache-Control", "no-store");
    private static readonly HeaderValue Challenge = new("WWW-Authenticate", "Bearer");
    private static readonly HeaderValue Soon = new("Retry-After", "1");

    /// <summary>To the provider.</summary>
    public static FilterDenial Login { get; } = new(302, "oauth2_login", "You have to log in", NoStore);

    /// <summary>Nobody is logged in, and nobody is there who could.</summary>
    public static FilterDenial Unauthenticated { get; } = new(401, "oauth2_unauthenticated", "You have to log in", NoStore, Challenge);

    /// <summary>Where the user wanted to go.</summary>
    public static FilterDenial LoggedIn { get; } = new(302, "oauth2_logged_in", "You are logged in", NoStore);

    /// <summary>The same by a page of this site, so that cookies with SameSite=Strict go along.</summary>
    public static FilterDenial LoggedInHere { get; } = new(200, "oauth2_logged_in", "You are logged in", NoStore);

    public static FilterDenial LoggedOut { get; } = new(302, "oauth2_logged_out", "You are logged out", NoStore);

    /// <summary>The login did not begin here, took too long, or is over.</summary>
    public static FilterDenial State { get; } = new(401, "oauth2_state_invalid", "This login is not known here, or took too long: please try again", NoStore, Challenge);

    public static FilterDenial Refused { get; } = new(401, "oauth2_refused_by_provider", "The login was refused", NoStore, Challenge);

    public static FilterDenial Issuer { get; } = new(401, "oauth2_issuer_mismatch", "The answer is of another provider than was asked", NoStore, Challenge);

    public static FilterDenial Token { get; } = new(401, "oauth2_token_invalid", "The provider's token is not accepted", NoStore, Challenge);

    public static FilterDenial Answer { get; } = new(502, "oauth2_provider_answer_invalid", "The provider's answer cannot be used", NoStore);

    public static FilterDenial Unavailable { get; } = new(503, "oauth2_provider_unavailable", "The provider is not available", NoStore, Soon);

    public static FilterDenial TooLarge { get; } = new(500, "oauth2_tokens_too_large", "The provider's tokens are too large for cookies", NoStore);

    public static FilterDenial BadHost { get; } = new(400, "oauth2_host_missing", "The request has no host", NoStore);
}
