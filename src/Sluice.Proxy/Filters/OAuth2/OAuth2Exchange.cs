using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Jwt;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Gets tokens of a provider for a code or a refresh token, and looks at what comes. Knows nothing of requests; safe for several threads.</summary>
internal sealed class OAuth2Exchange(OAuth2Policy policy, OAuth2Provider provider, OAuth2TokenJudge judge, TimeProvider clock)
{
    /// <summary>Seconds that tokens count as good when nobody says how long they are.</summary>
    private const long DefaultLifetime = 60 * 60;

    /// <summary>For a code (RFC 6749 4.1.3).</summary>
    /// <param name="transaction">The login.</param>
    /// <param name="redirectUri">As it was sent.</param>
    /// <param name="code">The code.</param>
    /// <param name="issuer">Who says that it is of it (RFC 9207); null: nobody.</param>
    public Task<OAuth2Outcome> RedeemAsync(OAuth2Transaction transaction, string redirectUri, string code, string? issuer) =>
        GuardAsync(() => TryRedeemAsync(transaction, redirectUri, code, issuer));

    /// <summary>For a refresh token (RFC 6749 6, OpenID Connect Core 12).</summary>
    /// <param name="session">What is renewed.</param>
    /// <param name="refreshToken">The refresh token, which goes on to be good when no other comes.</param>
    /// <param name="idToken">The ID token, likewise; null: none.</param>
    public Task<OAuth2Outcome> RenewAsync(OAuth2Session session, string refreshToken, string? idToken) =>
        GuardAsync(() => TryRenewAsync(session, refreshToken, idToken));

    public bool AsksForIdToken { get; } = policy.Scopes.Contains("openid");

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public static string Escape(string text) => Uri.EscapeDataString(text);

    /// <summary>Whoever waits gets an answer, whatever goes wrong here.</summary>
    private async Task<OAuth2Outcome> GuardAsync(Func<Task<OAuth2Outcome>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Fail(OAuth2Denials.Answer, $"a defect: {exception.GetType().Name}");
        }
    }

    private async Task<OAuth2Outcome> TryRedeemAsync(OAuth2Transaction transaction, string redirectUri, string code, string? issuer)
    {
        if (await provider.GetMetadataAsync(CancellationToken.None).ConfigureAwait(false) is not { } metadata)
            return OAuth2Outcome.Failed(OAuth2Denials.Unavailable);
        if (issuer is not null && metadata.Issuer is not null && issuer != metadata.Issuer)
            return OAuth2Outcome.Failed(OAuth2Denials.Issuer);
        string form = $"grant_type=authorization_code&code={Escape(code)}&redirect_uri={Escape(redirectUri)}&code_verifier={transaction.Verifier}";
        (OAuth2TokenResponse? tokens, OAuth2Outcome? failed) = await AskAsync(metadata, form).ConfigureAwait(false);
        if (tokens is null)
            return failed!;
        if (tokens.IdToken is null && AsksForIdToken)
            return Fail(OAuth2Denials.Token, "there is no ID token although the scope openid was asked for");
        long now = Now;
        var session = new OAuth2Session { Id = OAuth2Transaction.Random(16), Began = now, Expires = 0 };
        return await JudgeAsync(session, tokens, metadata, AsksForIdToken ? transaction.Nonce : null, now).ConfigureAwait(false);
    }

    private async Task<OAuth2Outcome> TryRenewAsync(OAuth2Session session, string refreshToken, string? idToken)
    {
        if (await provider.GetMetadataAsync(CancellationToken.None).ConfigureAwait(false) is not { } metadata)
            return OAuth2Outcome.Failed(OAuth2Denials.Unavailable);
        (OAuth2TokenResponse? tokens, OAuth2Outcome? failed) = await AskAsync(metadata, $"grant_type=refresh_token&refresh_token={Escape(refreshToken)}").ConfigureAwait(false);
        if (tokens is null)
            return failed!;
        OAuth2Outcome outcome = await JudgeAsync(session, tokens, metadata, null, Now).ConfigureAwait(false);
        return outcome.Session is null ? outcome
            : OAuth2Outcome.Of(outcome.Session, outcome.AccessToken, outcome.IdToken ?? idToken, outcome.RefreshToken ?? refreshToken);
    }

    private async Task<(OAuth2TokenResponse? Tokens, OAuth2Outcome? Failed)> AskAsync(OAuth2Metadata metadata, string form)
    {
        string? authorization = null;
        string secret = policy.ClientSecret.Reveal();
        if (metadata.PostsSecret)
            form += $"&client_id={Escape(policy.ClientId)}&client_secret={Escape(secret)}";
        else
            authorization = $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Escape(policy.ClientId)}:{Escape(secret)}"))}";
        if (await provider.AskAsync(metadata, form, authorization).ConfigureAwait(false) is not { } answer)
            return (null, OAuth2Outcome.Failed(OAuth2Denials.Unavailable));
        if (answer.StatusCode != 200)
        {
            string error = OAuth2TokenResponse.Error(answer.Body);
            provider.Report($"{metadata.TokenEndpoint} answered {answer.StatusCode} {error}");
            return (null, OAuth2Outcome.Failed(error == "invalid_grant" ? OAuth2Denials.Refused : answer.StatusCode is 429 or >= 500 ? OAuth2Denials.Unavailable : OAuth2Denials.Answer));
        }
        try
        {
            return (OAuth2TokenResponse.Read(answer.Body), null);
        }
        catch (FormatException exception)
        {
            return (null, Fail(OAuth2Denials.Answer, $"{metadata.TokenEndpoint}: {exception.Message}"));
        }
    }

    private async Task<OAuth2Outcome> JudgeAsync(OAuth2Session session, OAuth2TokenResponse tokens, OAuth2Metadata metadata, string? nonce, long now)
    {
        IKeySource? keys = provider.Keys(metadata);
        long? expires = now + tokens.ExpiresIn;
        if (tokens.IdToken is not null)
        {
            OAuth2Judgement id = await judge.JudgeIdAsync(tokens.IdToken, tokens.AccessToken, metadata, keys, nonce, session.Subject, now).ConfigureAwait(false);
            if (id.Problem is not null)
                return Fail(id.IsUnavailable ? OAuth2Denials.Unavailable : OAuth2Denials.Token, id.Problem);
            session = session with { Subject = id.Subject, IdFields = id.Fields };
            expires ??= id.Expires;
        }
        if (policy.AccessToken is not null)
        {
            OAuth2Judgement access = await judge.JudgeAccessAsync(tokens.AccessToken, metadata, keys!, now).ConfigureAwait(false);
            if (access.Problem is not null)
                return Fail(access.IsUnavailable ? OAuth2Denials.Unavailable : OAuth2Denials.Token, access.Problem);
            session = session with { AccessFields = access.Fields };
        }
        if (session.IdFields.Concat(session.AccessFields).Sum(field => field.Name.Length + field.Value.Length) > OAuth2Session.MaxFieldsLength)
            return Fail(OAuth2Denials.TooLarge, $"the claims of claimsToHeaders have more than {OAuth2Session.MaxFieldsLength} octets");

        // A token that has just been accepted may be over by a little, within the clocks' difference: it is not asked for again at once.
        long until = Math.Max(expires ?? now + DefaultLifetime, now + 1);
        session = session with { Expires = Math.Min(until, session.Began + OAuth2Session.MaxAge) };
        return OAuth2Outcome.Of(session, tokens.AccessToken, tokens.IdToken, tokens.RefreshToken);
    }

    private OAuth2Outcome Fail(FilterDenial denial, string problem)
    {
        provider.Report(problem);
        return OAuth2Outcome.Failed(denial);
    }
}
