using Sluice.Configuration;
using Sluice.Proxy.Filters.Chain;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>What a client is told of its token (RFC 6750 3).</summary>
internal static class JwtDenials
{
    private static readonly HeaderValue Challenge = new("WWW-Authenticate", "Bearer");
    private static readonly HeaderValue InvalidToken = new("WWW-Authenticate", "Bearer error=\"invalid_token\"");

    private static readonly FilterDenial Missing = Denial(401, "jwt_missing", "Jwt is missing", Challenge);
    private static readonly FilterDenial Ambiguous = Denial(401, "jwt_ambiguous", "Jwt is ambiguous: one is needed", InvalidToken);
    private static readonly FilterDenial Malformed = Denial(401, "jwt_malformed", "Jwt is not well formed", InvalidToken);
    private static readonly FilterDenial TooLarge = Denial(401, "jwt_too_large", "Jwt is too large", InvalidToken);
    private static readonly FilterDenial Algorithm = Denial(401, "jwt_algorithm_not_allowed", "Jwt has an algorithm that is not accepted", InvalidToken);
    private static readonly FilterDenial Issuer = Denial(401, "jwt_issuer_not_allowed", "Jwt issuer is not configured", InvalidToken);
    private static readonly FilterDenial Audience = Denial(403, "jwt_audience_not_allowed", "Audiences in Jwt are not allowed");
    private static readonly FilterDenial NotYetValid = Denial(401, "jwt_not_yet_valid", "Jwt not yet valid", InvalidToken);
    private static readonly FilterDenial Expired = Denial(401, "jwt_expired", "Jwt is expired", InvalidToken);
    private static readonly FilterDenial KeysUnavailable = Denial(503, "jwt_keys_unavailable", "the keys of the Jwt issuer are not available", new HeaderValue("Retry-After", "1"));
    private static readonly FilterDenial UnknownKey = Denial(401, "jwt_unknown_key", "Jwt verification fails", InvalidToken);
    private static readonly FilterDenial Signature = Denial(401, "jwt_signature_invalid", "Jwt verification fails", InvalidToken);
    private static readonly FilterDenial Claim = Denial(401, "jwt_claim_unusable", "Jwt has a claim that cannot be passed on", InvalidToken);

    public static FilterDenial Of(JwtFailure failure) => failure switch
    {
        JwtFailure.Missing => Missing,
        JwtFailure.Ambiguous => Ambiguous,
        JwtFailure.TooLarge => TooLarge,
        JwtFailure.AlgorithmNotAllowed => Algorithm,
        JwtFailure.IssuerNotAllowed => Issuer,
        JwtFailure.AudienceNotAllowed => Audience,
        JwtFailure.NotYetValid => NotYetValid,
        JwtFailure.Expired => Expired,
        JwtFailure.KeysUnavailable => KeysUnavailable,
        JwtFailure.UnknownKey => UnknownKey,
        JwtFailure.SignatureInvalid => Signature,
        JwtFailure.ClaimUnusable => Claim,
        _ => Malformed,
    };

    // As Envoy's filter writes it.
    private static FilterDenial Denial(int statusCode, string reason, string body, params IReadOnlyList<HeaderValue> fields) =>
        new(statusCode, reason, body, fields) { Details = $"jwt_authn_access_denied{{{body}}}" };
}
