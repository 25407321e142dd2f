using System.Buffers.Text;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Sessions;

/// <summary>
/// Session persistence of one rule (GEP-1619). A token that the client brings names the backend, whatever the weights say now, and
/// the endpoint; when either is gone, or the session's time is over, the request is balanced as any other and begins a new session.
/// Immutable; shared by the workers.
/// </summary>
internal sealed class SessionPolicy
{
    /// <summary>A session that idles may be renewed this part of its idle timeout late, so that not every response has a cookie.</summary>
    private const uint RenewalPart = 10;

    private readonly SessionKey _key;
    private readonly bool _isCookie;
    private readonly byte[] _name;
    private readonly byte[]? _path;
    private readonly uint _absolute;
    private readonly uint _idle;
    private readonly bool _isPermanent;
    private readonly (ulong Id, RuntimeBackend Backend)[] _backends;

    /// <param name="session">What the rule says. The name is one of a field, or of a cookie.</param>
    /// <param name="backends">Of the rule.</param>
    /// <param name="key">What tokens are sealed with.</param>
    public SessionPolicy(SessionPersistence session, IReadOnlyList<RuntimeBackend> backends, SessionKey key)
    {
        _key = key;
        _isCookie = session.Type == SessionPersistenceType.Cookie;
        _name = Encoding.ASCII.GetBytes(session.SessionName);
        _path = session.CookiePath is null ? null : Encoding.UTF8.GetBytes(session.CookiePath);
        _absolute = Seconds(session.AbsoluteTimeout);
        _idle = Seconds(session.IdleTimeout);
        _isPermanent = session.IsPermanentCookie && _absolute > 0;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new List<(ulong, RuntimeBackend)>(backends.Count);
        foreach (RuntimeBackend backend in backends)
        {
            if (backend.Source.Cluster is not { } cluster || backend.Answer is not null)
                continue;
            seen.TryGetValue(cluster, out int occurrence);
            seen[cluster] = occurrence + 1;
            ids.Add((key.Backend(cluster, occurrence), backend));
        }
        _backends = [.. ids];
    }

    public SessionKey Key => _key;

    /// <summary>The backend of the request's session; null when it has none that is still good.</summary>
    /// <param name="head">The request.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="token">The session.</param>
    public RuntimeBackend? Find(RequestHead head, uint now, out SessionToken token)
    {
        foreach (ref readonly Field field in head.Fields)
        {
            ReadOnlySpan<byte> name = head.NameOf(in field);
            if (_isCookie)
            {
                if (name.Length != 6 || !Ascii.EqualsIgnoreCase(name, "cookie"u8))
                    continue;
                var pairs = new CookiePairs(head.ValueOf(in field), _name);
                while (pairs.MoveNext())
                {
                    if (Read(pairs.Current, now, out token) is { } backend)
                        return backend;
                }
            }
            else if (name.Length == _name.Length && Ascii.EqualsIgnoreCase(name, _name) && Read(head.ValueOf(in field), now, out token) is { } backend)
            {
                return backend;
            }
        }
        token = default;
        return null;
    }

    /// <summary>
    /// What the client is to be told now. False when its cookie says it already; a header is on every response, since clients keep
    /// what the last one said.
    /// </summary>
    /// <param name="current">The session that the request brought, or all zero.</param>
    /// <param name="backend">The backend that answers.</param>
    /// <param name="endpoint">Hash of the endpoint that answers.</param>
    /// <param name="now">Seconds since 1970.</param>
    /// <param name="next">The token to write.</param>
    public bool TryRenew(in SessionToken current, RuntimeBackend backend, ulong endpoint, uint now, out SessionToken next)
    {
        ulong id = IdOf(backend);
        bool goesOn = current.Endpoint == endpoint && current.Backend == id;
        next = new SessionToken(id, endpoint, goesOn ? current.Began : now, now);
        return !goesOn || !_isCookie || (_idle > 0 && Elapsed(current.Seen, now) > _idle / RenewalPart);
    }

    /// <summary>Adds a token to the fields of a response.</summary>
    /// <param name="token">The session.</param>
    /// <param name="path">Of the match, "" for the root; no regular expression's (<see cref="SessionPersistence.CookiePath"/> has that).</param>
    /// <param name="secure">Whether the request came over TLS.</param>
    /// <param name="edits">Where to add.</param>
    public void Write(in SessionToken token, ReadOnlySpan<byte> path, bool secure, ExchangeEdits edits)
    {
        if (!_isCookie)
        {
            token.Write(edits.Begin(_name, SessionToken.TextLength), _key);
            edits.End(SessionToken.TextLength);
            return;
        }

        // ";" would end the attribute (RFC 6265 4.1.1): such a path cannot be said.
        ReadOnlySpan<byte> cookiePath = _path ?? path;
        if (cookiePath.IsEmpty || cookiePath.Contains((byte)';'))
            cookiePath = "/"u8;
        int maxLength = _name.Length + 1 + SessionToken.TextLength + "; Path="u8.Length + cookiePath.Length + "; Max-Age="u8.Length + 10 + Attributes.Length + SecureAttribute.Length;
        Span<byte> value = edits.Begin("Set-Cookie"u8, maxLength);
        int length = 0;
        Append(value, ref length, _name);
        Append(value, ref length, "="u8);
        token.Write(value[length..], _key);
        length += SessionToken.TextLength;
        Append(value, ref length, "; Path="u8);
        Append(value, ref length, cookiePath);
        if (_isPermanent)
        {
            Append(value, ref length, "; Max-Age="u8);
            uint left = _absolute - Math.Min(_absolute, Elapsed(token.Began, token.Seen));
            Utf8Formatter.TryFormat(left, value[length..], out int digits);
            length += digits;
        }
        Append(value, ref length, Attributes);
        if (secure)
            Append(value, ref length, SecureAttribute);
        edits.End(length);
    }

    // GEP-1619, "Secure, HttpOnly, SameSite": secure by default.
    private static ReadOnlySpan<byte> Attributes => "; HttpOnly; SameSite=Strict"u8;

    private static ReadOnlySpan<byte> SecureAttribute => "; Secure"u8;

    private RuntimeBackend? Read(ReadOnlySpan<byte> text, uint now, out SessionToken token)
    {
        if (!SessionToken.TryRead(text, _key, out token) || IsOver(token, now))
            return null;
        foreach ((ulong id, RuntimeBackend backend) in _backends)
        {
            if (id == token.Backend)
                return backend;
        }
        return null;
    }

    // Renewals come up to a tenth late: a session lasts at least as long as its idle timeout says.
    private bool IsOver(in SessionToken token, uint now) =>
        (_absolute > 0 && Elapsed(token.Began, now) >= _absolute)
        || (_idle > 0 && Elapsed(token.Seen, now) > (ulong)_idle + _idle / RenewalPart);

    private ulong IdOf(RuntimeBackend backend)
    {
        foreach ((ulong id, RuntimeBackend candidate) in _backends)
        {
            if (ReferenceEquals(candidate, backend))
                return id;
        }
        return 0;
    }

    /// <summary>Clocks of two proxies differ a little: nothing has passed since a time to come.</summary>
    private static uint Elapsed(uint since, uint now) => now > since ? now - since : 0;

    /// <summary>Rounded up; 0 for no limit.</summary>
    private static uint Seconds(TimeSpan? time) =>
        time is { } limit && limit > TimeSpan.Zero ? (uint)Math.Min(uint.MaxValue, Math.Ceiling(limit.TotalSeconds)) : 0;

    private static void Append(Span<byte> target, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target[length..]);
        length += bytes.Length;
    }
}
