using Sluice.Configuration.Policies;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>A provider with its keys: judges tokens.</summary>
internal sealed class JwtProviderState
{
    /// <summary>The largest <see cref="JwtProvider.ClockSkew"/>: 1 h.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromHours(1);

    // Year 9999.
    private const double MaxSeconds = 253402300799;

    private readonly JwtProvider _source;
    private readonly IKeySource _keys;
    private readonly TokenPlace[] _places;
    private readonly ClaimFields _claims;
    private readonly double _skew;

    public JwtProviderState(JwtProvider source, IKeySource keys)
    {
        _source = source;
        _keys = keys;
        _places = source.Sources.Count == 0 ? [new TokenPlace(TokenPlace.Default)] : [.. source.Sources.Select(place => new TokenPlace(place))];
        _claims = new ClaimFields(source.ClaimsToHeaders);
        _skew = source.ClockSkew.TotalSeconds;
    }

    public string Name => _source.Name;

    /// <summary>Names of the fields that claims are written to, in lower case.</summary>
    public byte[][] ClaimHeaders => _claims.LowerNames;

    public IKeySource Keys => _keys;

    /// <summary>Null when it can be used.</summary>
    public static string? Problem(JwtProvider provider) =>
        provider.InlineJwks is null == provider.RemoteJwks is null ? "needs exactly one of an inline and a remote JWKS"
        : provider.ClockSkew < TimeSpan.Zero || provider.ClockSkew > MaxClockSkew ? "the clock skew must be from 0 to 1 h"
        : provider.RemoteJwks is { } remote && !(Uri.TryCreate(remote.Url, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https") ? $"the JWKS URL \"{remote.Url}\" is no absolute http or https URL"
        : provider.Sources.Select(TokenPlace.Problem).FirstOrDefault(problem => problem is not null)
        ?? provider.ClaimsToHeaders.Select(ClaimFields.Problem).FirstOrDefault(problem => problem is not null);

    /// <summary>The token that a request brings for this provider.</summary>
    public JwtFailure Find(RequestHead head, out ReadOnlySpan<byte> token)
    {
        foreach (TokenPlace place in _places)
        {
            JwtFailure found = place.Find(head, out token);
            if (found != JwtFailure.Missing)
                return found;
        }
        token = default;
        return JwtFailure.Missing;
    }

    /// <summary>Takes the token out of the request, unless the backend is to have it.</summary>
    public void RemoveToken(RequestHead head)
    {
        if (_source.ForwardToken)
            return;
        foreach (TokenPlace place in _places)
            place.Remove(head);
    }

    /// <summary>Looks at everything, the cheap things first: the signature only of tokens that would be accepted with a good one.</summary>
    /// <param name="text">The token.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="verified">With <see cref="JwtFailure.None"/>.</param>
    /// <param name="until">Seconds since 1970 until which it is good.</param>
    public JwtFailure Judge(ReadOnlySpan<byte> text, long now, out VerifiedToken? verified, out long until)
    {
        verified = null;
        until = 0;
        using JwtToken? token = JwtToken.Parse(text, out JwtFailure failure);
        if (token is null)
            return failure;
        if (_source.Issuer is not null && token.Issuer != _source.Issuer)
            return JwtFailure.IssuerNotAllowed;
        if (token.Expires is { } expires && now >= expires + _skew)
            return JwtFailure.Expired;
        if (token.NotBefore is { } notBefore && now + _skew < notBefore)
            return JwtFailure.NotYetValid;
        if (!token.IsFor(_source.Audiences))
            return JwtFailure.AudienceNotAllowed;
        if (_keys.Current is not { } keys)
            return JwtFailure.KeysUnavailable;
        failure = keys.Verify(token, text);
        if (failure == JwtFailure.SignatureInvalid && !keys.HasKey(token.KeyId))
            failure = JwtFailure.UnknownKey;
        if (failure != JwtFailure.None)
            return failure;
        if (_claims.Of(token.Claims) is not { } fields)
            return JwtFailure.ClaimUnusable;
        verified = new VerifiedToken(this, keys, token.Payload, fields);
        until = (long)Math.Min(MaxSeconds, (token.Expires ?? MaxSeconds) + _skew);
        return JwtFailure.None;
    }
}
