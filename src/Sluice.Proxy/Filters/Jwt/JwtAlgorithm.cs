namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Signatures that are accepted (RFC 7518 3.1). Neither "none" nor what needs a shared secret is among them.</summary>
internal enum JwtAlgorithm
{
    None,
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
}
