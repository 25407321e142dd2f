namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Why a token is not accepted; later ones say more.</summary>
internal enum JwtFailure
{
    None,
    Missing,
    Ambiguous,
    Malformed,
    TooLarge,
    AlgorithmNotAllowed,
    IssuerNotAllowed,
    AudienceNotAllowed,
    NotYetValid,
    Expired,
    KeysUnavailable,
    UnknownKey,
    SignatureInvalid,
    ClaimUnusable,
}
