using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// Asks for a login (<see cref="OAuth2Policy"/>). A request with one is served; another is sent to the provider, from where the user
/// comes back with a code, which is exchanged for tokens (OAuth2Filter.Login.cs). A login whose token has expired is renewed if there is
/// a refresh token. A session whose cookies were opened is remembered for up to five minutes: until then it costs a few keyed hashes.
/// </summary>
internal sealed partial class OAuth2Filter : IRequestFilter
{
    /// <summary>Sessions that are remembered.</summary>
    public const int CacheCapacity = 4096;

    /// <summary>Seconds for which a session is remembered at most.</summary>
    public const long RememberedFor = 5 * 60;

    private readonly OAuth2Policy _policy;
    private readonly OAuth2Provider _provider;
    private readonly OAuth2Exchange _exchange;
    private readonly OAuth2Sealer _sealer;
    private readonly OAuth2Refreshes _refreshes;
    private readonly TimeProvider _clock;
    private readonly OAuth2CookieNames _names;
    private readonly OAuth2CookieNames _secureNames;
    private readonly byte[] _callbackPath;
    private readonly byte[] _logoutPath;
    private readonly ValuePredicate[] _denyRedirect;
    private readonly byte[][] _claimHeaders;
    private readonly HashSet<string> _claimNames;
    private readonly SecretHash _hash = new();
    private readonly ExpiringCache<OAuth2Session> _sessions = new(CacheCapacity);
    private readonly ExpiringCache<OAuth2Transaction> _used = new(CacheCapacity);

    private OAuth2Filter(OAuth2Policy policy, OAuth2Providers providers)
    {
        _policy = policy;
        _provider = providers.Get(policy);
        _clock = providers.Clock;
        _sealer = new OAuth2Sealer(policy);
        _refreshes = new OAuth2Refreshes(_clock);
        _names = new OAuth2CookieNames(policy, secure: false);
        _secureNames = new OAuth2CookieNames(policy, secure: true);
        _callbackPath = Encoding.ASCII.GetBytes(OAuth2PolicyCheck.CallbackPath(policy));
        _logoutPath = Encoding.ASCII.GetBytes(policy.LogoutPath);
        _denyRedirect = [.. policy.DenyRedirect.Select(match => new ValuePredicate(match))];
        var judge = new OAuth2TokenJudge(policy);
        _claimHeaders = [.. judge.LowerNames.DistinctBy(Convert.ToHexString)];
        _claimNames = [.. _claimHeaders.Select(Encoding.ASCII.GetString)];
        _exchange = new OAuth2Exchange(policy, _provider, judge, _clock);
    }

    public string Name => "oauth2";

    public FilterStage Stage => FilterStage.OAuth2;

    /// <summary>Null when the policy cannot be used.</summary>
    public static OAuth2Filter? Create(OAuth2Policy policy, OAuth2Providers? providers, ICollection<string> problems)
    {
        if (OAuth2PolicyCheck.Problem(policy) is { } problem)
            problems.Add($"oauth2 {policy.Name}: {problem.Field}: {problem.Message}");
        else if (providers is null)
            problems.Add($"oauth2 {policy.Name}: providers cannot be called here");
        else
            return new OAuth2Filter(policy, providers);
        return null;
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        bool secure = OAuth2Request.IsSecureRequest(head, context);
        OAuth2CookieNames names = secure ? _secureNames : _names;
        if (head.Path.SequenceEqual(_callbackPath))
            return Callback(head, secure, names, context);
        if (head.Path.SequenceEqual(_logoutPath))
            return Logout(head, secure, names, context);
        bool isWhole = TryHash(head, names, out UInt128 hash);
        if (isWhole && _sessions.Find(hash, context.UnixSeconds) is { } session)
        {
            Clean(head, names);
            return Accept(session, context);
        }
        return Open(isWhole ? hash : null, head, secure, names, context);
    }

    /// <summary>A session that is not remembered, has to be renewed, or is not there.</summary>
    private FilterVerdict Open(UInt128? hash, RequestHead head, bool secure, OAuth2CookieNames names, FilterContext context)
    {
        if (OAuth2Request.Of(head, secure, names) is not { } request)
            return context.Deny(OAuth2Denials.BadHost);
        long now = context.UnixSeconds;
        bool redirects = Redirects(head);
        Clean(head, names);
        if (Find(request, names) is { } session && now < session.Began + OAuth2Session.MaxAge)
        {
            if (now < session.Expires && WithAuthorization(session, request, names) is { } complete)
            {
                if (hash is { } known)
                    _sessions.Add(known, complete, Math.Min(session.Expires, now + RememberedFor), now);
                return Accept(complete, context);
            }
            if (FindToken(OAuth2CookieKind.RefreshToken, names.RefreshToken, session, request) is { } refreshToken && !_policy.Cookies.DisableRefreshToken)
                return context.Wait(RenewAsync(session, refreshToken, request, names, redirects, context));
        }
        return Login(request, names, redirects, context);
    }

    private static FilterVerdict Accept(OAuth2Session session, FilterContext context)
    {
        foreach ((byte[] name, byte[] value) in session.IdFields)
            context.AddRequestField(name, value);
        foreach ((byte[] name, byte[] value) in session.AccessFields)
            context.AddRequestField(name, value);
        if (session.Authorization is not null)
            context.AddRequestField("Authorization"u8, session.Authorization);
        context.User = session.Subject ?? context.User;
        return FilterVerdict.Continue;
    }

    /// <summary>Takes out what the backend is to have from here alone.</summary>
    private void Clean(RequestHead head, OAuth2CookieNames names)
    {
        names.Strip(head);
        foreach (byte[] header in _claimHeaders)
            RequestFields.Remove(head, header);
        if (_policy.ForwardAccessToken)
            RequestFields.Remove(head, "authorization"u8);
    }

    /// <summary>Stands for the cookies that a session is made of, and the host that it is good for.</summary>
    private bool TryHash(RequestHead head, OAuth2CookieNames names, out UInt128 hash)
    {
        hash = _policy.Cookies.Domain is null ? _hash.Of(head.Authority) : default;
        return TryHash(head, names.SessionParts, ref hash) && (!_policy.ForwardAccessToken || TryHash(head, names.AccessTokenParts, ref hash));
    }

    private bool TryHash(RequestHead head, byte[][] parts, ref UInt128 hash)
    {
        int count = 1;
        for (int i = 0; i < count; i++)
        {
            if (!RequestCookies.TryFind(head, parts[i], out ReadOnlySpan<byte> value))
                return false;
            if (i == 0)
                count = OAuth2Jar.Parts(value);
            hash = (hash * 0x9e3779b97f4a7c15) + _hash.Of(value);
        }
        return count > 0;
    }

    private OAuth2Session? Find(OAuth2Request request, OAuth2CookieNames names)
    {
        if (request.Cookies.Find(names.Session) is not { } text || _sealer.Open(OAuth2CookieKind.Session, text, Scope(request), "") is not { } json)
            return null;
        return OAuth2Session.Read(json, _claimNames);
    }

    /// <summary>Null when the access token is wanted and not there.</summary>
    private OAuth2Session? WithAuthorization(OAuth2Session session, OAuth2Request request, OAuth2CookieNames names)
    {
        if (!_policy.ForwardAccessToken)
            return session;
        return FindToken(OAuth2CookieKind.AccessToken, names.AccessToken, session, request) is { } token ? session with { Authorization = Bearer(token) } : null;
    }

    private string? FindToken(OAuth2CookieKind kind, string name, OAuth2Session session, OAuth2Request request) =>
        request.Cookies.Find(name) is { } text && _sealer.Open(kind, text, Scope(request), session.Id) is { } token ? Encoding.ASCII.GetString(token) : null;

    /// <summary>Where cookies are good: the domain that was given, or the request's host.</summary>
    private string Scope(OAuth2Request request) => _policy.Cookies.Domain is { } domain ? $".{domain.TrimStart('.').ToLowerInvariant()}" : request.Host;

    private static byte[] Bearer(string token) => Encoding.ASCII.GetBytes($"Bearer {token}");

    /// <summary>
    /// Whether somebody is there who could log in. A script is not, nor is a program that speaks gRPC: a redirect would lead it to a page
    /// that it can do nothing with.
    /// </summary>
    private bool Redirects(RequestHead head)
    {
        if (head.IsWebSocketUpgrade)
            return false;
        int mode = RequestFields.Find(head, "sec-fetch-mode"u8);
        if (mode >= 0 && !head.ValueOf(head.Fields[mode]).SequenceEqual("navigate"u8))
            return false;
        int type = RequestFields.Find(head, "content-type"u8);
        if (type >= 0 && head.ValueOf(head.Fields[type]).StartsWith("application/grpc"u8))
            return false;
        if (_denyRedirect.Length == 0)
            return true;
        foreach (ValuePredicate predicate in _denyRedirect)
        {
            if (!HeaderPredicate.Holds(predicate, head))
                return true;
        }
        return false;
    }
}
