namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>What a cookie is for. Each kind has a key of its own.</summary>
internal enum OAuth2CookieKind
{
    Session,
    AccessToken,
    IdToken,
    RefreshToken,
    Transaction,
}
