using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Jwt;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Looks at the tokens that a provider gave (OpenID Connect Core 3.1.3.7, RFC 9068 4).</summary>
internal sealed class OAuth2TokenJudge
{
    private const int MaxSubjectLength = 255;

    private static readonly double Skew = JwtProvider.DefaultClockSkew.TotalSeconds;

    private readonly OAuth2Policy _policy;
    private readonly ClaimFields _idClaims;
    private readonly ClaimFields _accessClaims;

    public OAuth2TokenJudge(OAuth2Policy policy)
    {
        _policy = policy;
        _idClaims = new ClaimFields(policy.IdToken?.ClaimsToHeaders ?? []);
        _accessClaims = new ClaimFields(policy.AccessToken?.ClaimsToHeaders ?? []);
    }

    /// <summary>Names of the fields that claims are written to, in lower case.</summary>
    public IEnumerable<byte[]> LowerNames => _idClaims.LowerNames.Concat(_accessClaims.LowerNames);

    /// <summary>
    /// An ID token. Without keys its signature is not looked at: it came from the token endpoint itself (OpenID Connect Core 3.1.3.7, 6).
    /// </summary>
    /// <param name="token">The ID token.</param>
    /// <param name="accessToken">What came with it.</param>
    /// <param name="metadata">Of its issuer.</param>
    /// <param name="keys">Of its issuer; null: not known.</param>
    /// <param name="nonce">What it must say; null: anything, as when it is renewed.</param>
    /// <param name="subject">Who it must be; null: anybody.</param>
    /// <param name="now">Seconds since 1970.</param>
    public async Task<OAuth2Judgement> JudgeIdAsync(string token, string accessToken, OAuth2Metadata metadata, IKeySource? keys, string? nonce, string? subject, long now)
    {
        byte[] text = Encoding.ASCII.GetBytes(token);
        using JwtToken? parsed = JwtToken.Parse(text, out JwtFailure failure);
        if (parsed is null)
            return OAuth2Judgement.Refused($"the ID token is not accepted: {failure}");
        IReadOnlyList<string> audiences = _policy.IdToken is { Audiences.Count: > 0 } rules ? rules.Audiences : [_policy.ClientId];
        if (Problem(parsed, metadata, audiences, now) is { } problem)
            return OAuth2Judgement.Refused($"the ID token {problem}");
        if (parsed.Claims.TryGetProperty("azp"u8, out JsonElement party) && !Is(party, _policy.ClientId))
            return OAuth2Judgement.Refused("the ID token is for another client");
        if (nonce is not null && !(parsed.Claims.TryGetProperty("nonce"u8, out JsonElement said) && Is(said, nonce)))
            return OAuth2Judgement.Refused("the ID token has another nonce than was asked for");
        string? who = parsed.Claims.TryGetProperty("sub"u8, out JsonElement sub) && sub.ValueKind == JsonValueKind.String ? sub.GetString() : null;
        if (who is null or { Length: 0 or > MaxSubjectLength } || (subject is not null && who != subject))
            return OAuth2Judgement.Refused(subject is null ? "the ID token has no sub" : "the ID token is of another user");
        if (parsed.Claims.TryGetProperty("at_hash"u8, out JsonElement hash) && !Is(hash, HalfHash(parsed.Algorithm, accessToken)))
            return OAuth2Judgement.Refused("the ID token belongs to another access token");
        if (keys is not null && await VerifyAsync(parsed, text, keys).ConfigureAwait(false) is { } refused)
            return refused;
        return Accepted(parsed, _idClaims, who, "ID");
    }

    /// <summary>An access token that must be a JSON Web Token.</summary>
    public async Task<OAuth2Judgement> JudgeAccessAsync(string token, OAuth2Metadata metadata, IKeySource keys, long now)
    {
        byte[] text = Encoding.ASCII.GetBytes(token);
        using JwtToken? parsed = JwtToken.Parse(text, out JwtFailure failure);
        if (parsed is null)
            return OAuth2Judgement.Refused($"the access token is not accepted: {failure}");
        if (Problem(parsed, metadata, _policy.AccessToken!.Audiences, now) is { } problem)
            return OAuth2Judgement.Refused($"the access token {problem}");
        return await VerifyAsync(parsed, text, keys).ConfigureAwait(false) ?? Accepted(parsed, _accessClaims, null, "access");
    }

    private static OAuth2Judgement Accepted(JwtToken token, ClaimFields claims, string? subject, string what) =>
        claims.Of(token.Claims) is { } fields ? new OAuth2Judgement(null, false, subject, (long)token.Expires!.Value, fields)
        : OAuth2Judgement.Refused($"the {what} token has a claim that cannot be passed on");

    private static string? Problem(JwtToken token, OAuth2Metadata metadata, IReadOnlyList<string> audiences, long now) =>
        metadata.Issuer is not null && token.Issuer != metadata.Issuer ? "is of another issuer"
        : !token.IsFor(audiences) ? "is for another audience"
        : token.Expires is not { } expires ? "has no exp"
        : now >= expires + Skew || expires > uint.MaxValue ? "has expired, or never does"
        : token.NotBefore is { } notBefore && now + Skew < notBefore ? "is not valid yet"
        : null;

    /// <summary>Null when the signature is good.</summary>
    private static async Task<OAuth2Judgement?> VerifyAsync(JwtToken token, byte[] text, IKeySource keys)
    {
        JwtFailure failure = Verify(token, text, keys);
        if (failure is JwtFailure.KeysUnavailable or JwtFailure.UnknownKey && keys.Refresh() is { } refresh)
        {
            await refresh.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            failure = Verify(token, text, keys);
        }
        return failure switch
        {
            JwtFailure.None => null,
            JwtFailure.KeysUnavailable => OAuth2Judgement.Unavailable(),
            _ => OAuth2Judgement.Refused($"the signature of a token is not accepted: {failure}"),
        };
    }

    private static JwtFailure Verify(JwtToken token, byte[] text, IKeySource keys)
    {
        if (keys.Current is not { } known)
            return JwtFailure.KeysUnavailable;
        JwtFailure failure = known.Verify(token, text);
        return failure == JwtFailure.SignatureInvalid && !known.HasKey(token.KeyId) ? JwtFailure.UnknownKey : failure;
    }

    // OpenID Connect Core 3.1.3.6: the left half of the hash that the algorithm names.
    private static string HalfHash(JwtAlgorithm algorithm, string accessToken)
    {
        byte[] text = Encoding.ASCII.GetBytes(accessToken);
        byte[] hash = algorithm switch
        {
            JwtAlgorithm.RS256 or JwtAlgorithm.PS256 or JwtAlgorithm.ES256 => SHA256.HashData(text),
            JwtAlgorithm.RS384 or JwtAlgorithm.PS384 or JwtAlgorithm.ES384 => SHA384.HashData(text),
            _ => SHA512.HashData(text),
        };
        return Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2));
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
