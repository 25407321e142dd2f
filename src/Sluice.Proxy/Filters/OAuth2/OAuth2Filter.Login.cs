using System.Globalization;
using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.OAuth2;

/// <content>To the provider, back from it, and out again. What runs after an await is back on the worker.</content>
internal sealed partial class OAuth2Filter
{
    /// <summary>Logins on their way that a browser may have cookies of; with more the older ones are given up.</summary>
    private const int MaxTransactions = 5;

    private const int MaxCodeLength = 4 * 1024;

    private const ConfigureAwaitOptions OnWorker = ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    private FilterVerdict Login(OAuth2Request request, OAuth2CookieNames names, bool redirects, FilterContext context)
    {
        if (!redirects)
            return context.Deny(OAuth2Denials.Unauthenticated);
        return _provider.Metadata is { } metadata
            ? SendToProvider(metadata, request, names, context)
            : context.Wait(LoginAsync(request, names, context));
    }

    private async Task<FilterVerdict> LoginAsync(OAuth2Request request, OAuth2CookieNames names, FilterContext context)
    {
        Task<OAuth2Metadata?> asking = _provider.GetMetadataAsync(context.Cancellation);
        await ((Task)asking).ConfigureAwait(OnWorker);
        if (context.IsCancelled)
            return FilterVerdict.Cancelled;
        return await asking is { } metadata ? SendToProvider(metadata, request, names, context) : context.Deny(OAuth2Denials.Unavailable);
    }

    // RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.1.
    private FilterVerdict SendToProvider(OAuth2Metadata metadata, OAuth2Request request, OAuth2CookieNames names, FilterContext context)
    {
        OAuth2Transaction transaction = OAuth2Transaction.Begin(request.Origin, request.Target, Now);
        string cookie = _sealer.Seal(OAuth2CookieKind.Transaction, transaction.ToBytes(), Scope(request), transaction.State);
        string[] others = [.. request.Cookies.Names.Where(name => name.StartsWith(names.Transaction, StringComparison.Ordinal))];
        if (others.Length >= MaxTransactions)
            Array.ForEach(others, name => SetCookie(name, "", 0, isTransaction: true, request, context));
        SetCookie(names.Transaction + transaction.State, cookie, OAuth2Transaction.MaxAge, isTransaction: true, request, context);

        var url = new StringBuilder(WithQuery(metadata.AuthorizationEndpoint));
        url.Append("response_type=code&client_id=").Append(OAuth2Exchange.Escape(_policy.ClientId));
        url.Append("&redirect_uri=").Append(OAuth2Exchange.Escape(RedirectUri(request.Origin)));
        url.Append("&scope=").Append(OAuth2Exchange.Escape(string.Join(' ', _policy.Scopes)));
        url.Append("&state=").Append(transaction.State);
        if (_exchange.AsksForIdToken)
            url.Append("&nonce=").Append(transaction.Nonce);
        url.Append("&code_challenge=").Append(transaction.Challenge).Append("&code_challenge_method=S256");
        return Send(OAuth2Denials.Login, url.ToString(), context);
    }

    /// <summary>The provider has sent the user back (RFC 6749 4.1.2).</summary>
    private FilterVerdict Callback(RequestHead head, bool secure, OAuth2CookieNames names, FilterContext context)
    {
        if (OAuth2Request.Of(head, secure, names) is not { } request)
            return context.Deny(OAuth2Denials.BadHost);
        if (!head.Method.SequenceEqual("GET"u8) || request.Parameter("state") is not { } state || !OAuth2Transaction.IsState(state))
            return context.Deny(OAuth2Denials.State);

        // The cookie shows that this browser began the login, and is good for one answer.
        string name = names.Transaction + state;
        if (request.Cookies.Find(name) is not { } text
            || _sealer.Open(OAuth2CookieKind.Transaction, text, Scope(request), state) is not { } json
            || OAuth2Transaction.Read(json, state) is not { } transaction)
            return context.Deny(OAuth2Denials.State);
        SetCookie(name, "", 0, isTransaction: true, request, context);
        long now = Now;
        UInt128 used = _hash.Of(Encoding.ASCII.GetBytes(state));
        if (now - transaction.Began is < -OAuth2Transaction.MaxAge or > OAuth2Transaction.MaxAge || _used.Find(used, now) is not null)
            return context.Deny(OAuth2Denials.State);
        _used.Add(used, transaction, now + (2 * OAuth2Transaction.MaxAge), now);

        string? code = request.Parameter("code");
        if (request.Parameter("error") is not null || code is not { Length: > 0 and <= MaxCodeLength })
            return context.Deny(OAuth2Denials.Refused);
        return context.Wait(FinishAsync(transaction, code, request, names, context));
    }

    private async Task<FilterVerdict> FinishAsync(OAuth2Transaction transaction, string code, OAuth2Request request, OAuth2CookieNames names, FilterContext context)
    {
        Task<OAuth2Outcome> redeeming = Task.Run(() => _exchange.RedeemAsync(transaction, RedirectUri(transaction.Origin), code, request.Parameter("iss")));
        await ((Task)redeeming).WaitAsync(context.Cancellation).ConfigureAwait(OnWorker);
        if (context.IsCancelled)
            return FilterVerdict.Cancelled;
        OAuth2Outcome outcome = await redeeming;
        if (outcome.Denial is not null)
            return context.Deny(outcome.Denial);
        if (!Issue(outcome, request, names, context))
            return context.Deny(OAuth2Denials.TooLarge);
        string target = Target(transaction, request);
        if (_policy.Cookies.SameSite != OAuth2SameSite.Strict)
            return Send(OAuth2Denials.LoggedIn, target, context);

        // A redirect of another site's making would go without these cookies, and so end here again.
        context.AddResponseField("Refresh"u8, Encoding.ASCII.GetBytes($"0; url={target}"));
        return context.Deny(OAuth2Denials.LoggedInHere);
    }

    private async Task<FilterVerdict> RenewAsync(OAuth2Session session, string refreshToken, OAuth2Request request, OAuth2CookieNames names, bool redirects, FilterContext context)
    {
        string? idToken = FindToken(OAuth2CookieKind.IdToken, names.IdToken, session, request);
        if (_refreshes.Run(_hash.Of(Encoding.ASCII.GetBytes(refreshToken)), () => _exchange.RenewAsync(session, refreshToken, idToken)) is not { } renewing)
            return context.Deny(OAuth2Denials.Unavailable);
        await ((Task)renewing).WaitAsync(context.Cancellation).ConfigureAwait(OnWorker);
        if (context.IsCancelled)
            return FilterVerdict.Cancelled;
        OAuth2Outcome outcome = await renewing;
        if (outcome.Denial is null)
        {
            if (!Issue(outcome, request, names, context))
                return context.Deny(OAuth2Denials.TooLarge);
            return Accept(_policy.ForwardAccessToken ? outcome.Session! with { Authorization = Bearer(outcome.AccessToken) } : outcome.Session!, context);
        }
        if (!outcome.IsRefused)
            return context.Deny(outcome.Denial);
        FilterVerdict verdict = Login(request, names, redirects, context);
        return verdict == FilterVerdict.Pending ? await context.TakePending() : verdict;
    }

    /// <summary>Forgets the user, and has the provider do so (OpenID Connect RP-Initiated Logout 2).</summary>
    private FilterVerdict Logout(RequestHead head, bool secure, OAuth2CookieNames names, FilterContext context)
    {
        if (OAuth2Request.Of(head, secure, names) is not { } request)
            return context.Deny(OAuth2Denials.BadHost);
        foreach (string name in request.Cookies.Names.Union(names.All))
            SetCookie(name, "", 0, name.StartsWith(names.Transaction, StringComparison.Ordinal), request, context);
        string? hint = Find(request, names) is { } session ? FindToken(OAuth2CookieKind.IdToken, names.IdToken, session, request) : null;
        return _provider.Metadata is { } metadata ? LogOut(metadata, hint, request, context) : context.Wait(LogoutAsync(hint, request, context));
    }

    private async Task<FilterVerdict> LogoutAsync(string? hint, OAuth2Request request, FilterContext context)
    {
        Task<OAuth2Metadata?> asking = _provider.GetMetadataAsync(context.Cancellation);
        await ((Task)asking).ConfigureAwait(OnWorker);
        return context.IsCancelled ? FilterVerdict.Cancelled : LogOut(await asking, hint, request, context);
    }

    private FilterVerdict LogOut(OAuth2Metadata? metadata, string? hint, OAuth2Request request, FilterContext context)
    {
        if (metadata?.EndSessionEndpoint is not { } endpoint)
            return Send(OAuth2Denials.LoggedOut, "/", context);
        var url = new StringBuilder(WithQuery(endpoint));
        url.Append("client_id=").Append(OAuth2Exchange.Escape(_policy.ClientId));
        url.Append("&post_logout_redirect_uri=").Append(OAuth2Exchange.Escape($"{request.Origin}/"));

        // Servers take request lines of 8 KB: with a longer one nobody would be logged out.
        if (hint is { Length: <= 6 * 1024 })
            url.Append("&id_token_hint=").Append(hint);
        return Send(OAuth2Denials.LoggedOut, url.ToString(), context);
    }

    /// <summary>Writes the cookies of a login; false when they are too large.</summary>
    private bool Issue(OAuth2Outcome outcome, OAuth2Request request, OAuth2CookieNames names, FilterContext context)
    {
        OAuth2Session session = outcome.Session!;
        string scope = Scope(request);
        string? refreshToken = _policy.Cookies.DisableRefreshToken ? null : outcome.RefreshToken;
        var cookies = new List<(string Name, string Value)>();
        bool fits = Add(names.Session, _sealer.Seal(OAuth2CookieKind.Session, session.ToBytes(), scope, ""));
        if (!_policy.Cookies.DisableAccessToken)
            fits &= AddToken(OAuth2CookieKind.AccessToken, names.AccessToken, outcome.AccessToken);
        if (!_policy.Cookies.DisableIdToken && outcome.IdToken is not null)
            fits &= AddToken(OAuth2CookieKind.IdToken, names.IdToken, outcome.IdToken);
        if (refreshToken is not null)
            fits &= AddToken(OAuth2CookieKind.RefreshToken, names.RefreshToken, refreshToken);
        int length = cookies.Sum(cookie => cookie.Name.Length + cookie.Value.Length + 3);
        if (!fits || length > MaxCookiesLength)
        {
            _provider.Report($"the tokens would need {(fits ? $"{length} octets of" : "too many")} cookies, and {MaxCookiesLength} octets are allowed; have the provider put less into them, or do not keep one of them (cookies.disable...SetCookie)");
            return false;
        }

        long ends = refreshToken is null ? session.Expires : session.Began + OAuth2Session.MaxAge;
        foreach ((string name, string value) in cookies)
            SetCookie(name, value, Math.Max(1, ends - Now), isTransaction: false, request, context);

        // What an earlier login left behind: parts, and tokens that are not there any more.
        foreach (string name in request.Cookies.Names)
        {
            if (!name.StartsWith(names.Transaction, StringComparison.Ordinal) && cookies.TrueForAll(cookie => cookie.Name != name))
                SetCookie(name, "", 0, isTransaction: false, request, context);
        }
        return true;

        bool AddToken(OAuth2CookieKind kind, string name, string token) => Add(name, _sealer.Seal(kind, Encoding.ASCII.GetBytes(token), scope, session.Id));

        bool Add(string name, string text)
        {
            if (OAuth2Jar.Split(name, text) is not { } parts)
                return false;
            cookies.AddRange(parts);
            return true;
        }
    }

    /// <summary>Octets that the cookies of a login may have together: half of what the head of a request may have.</summary>
    public const int MaxCookiesLength = 16 * 1024;

    // RFC 6265 4.1. Max-Age=0 removes.
    private void SetCookie(string name, string value, long maxAge, bool isTransaction, OAuth2Request request, FilterContext context)
    {
        if (isTransaction && value.Length > 0)
            value = $"1.{value}";

        // The provider is another site: with Strict the cookie would not come back with the user.
        OAuth2SameSite sameSite = isTransaction && _policy.Cookies.SameSite == OAuth2SameSite.Strict ? OAuth2SameSite.Lax : _policy.Cookies.SameSite;
        string domain = _policy.Cookies.Domain is { } given ? $"; Domain={given.TrimStart('.')}" : "";
        string text = string.Create(CultureInfo.InvariantCulture, $"{name}={value}; Path=/; Max-Age={maxAge}; HttpOnly; SameSite={sameSite}{domain}{(request.IsSecure ? "; Secure" : "")}");
        context.AddResponseField("Set-Cookie"u8, Encoding.ASCII.GetBytes(text));
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    private string RedirectUri(string origin) => _policy.RedirectUri ?? origin + OAuth2Policy.DefaultCallbackPath;

    /// <summary>Where a user goes after the login: where it began, if that is here or a host of the cookies' domain.</summary>
    private string Target(OAuth2Transaction transaction, OAuth2Request request)
    {
        string host = new Uri(transaction.Origin).Host;
        if (host == request.Host)
            return transaction.Target;
        string? domain = _policy.Cookies.Domain?.TrimStart('.').ToLowerInvariant();
        return domain is not null && (host == domain || host.EndsWith($".{domain}", StringComparison.Ordinal)) ? transaction.Origin + transaction.Target : "/";
    }

    /// <summary>A URL to which parameters can be added.</summary>
    private static string WithQuery(Uri endpoint)
    {
        string url = endpoint.AbsoluteUri;
        return url.Contains('?', StringComparison.Ordinal) ? url.EndsWith('?') || url.EndsWith('&') ? url : $"{url}&" : $"{url}?";
    }

    private static FilterVerdict Send(FilterDenial denial, string location, FilterContext context)
    {
        context.AddResponseField("Location"u8, Encoding.ASCII.GetBytes(location));
        return context.Deny(denial);
    }
}
