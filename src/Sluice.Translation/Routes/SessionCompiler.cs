using System.Globalization;
using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>sessionPersistence of a rule to <see cref="SessionPersistence"/> (GEP-1619).</summary>
internal static class SessionCompiler
{
    /// <param name="session">What the rule says.</param>
    /// <param name="cookiePath">Path of the cookie; null for that of each match.</param>
    /// <param name="rule">The rule, named the same from version to version: a session has no other name when none is given.</param>
    /// <param name="field">For messages.</param>
    /// <param name="findings">Gets what cannot be served.</param>
    public static SessionPersistence? Compile(RouteSessionPersistence session, string? cookiePath, string rule, string field, RouteFindings findings)
    {
        var isCookie = session.Type == "Cookie";
        if (!isCookie && session.Type != "Header")
        {
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.type: {session.Type} is not supported; use Cookie or Header"));
            return null;
        }
        if (!string.IsNullOrEmpty(session.SessionName) && Problem(session.SessionName, isCookie) is { } problem)
        {
            findings.Invalid(new Finding(Reason.UnsupportedValue, $"{field}.sessionName: \"{session.SessionName}\" {problem}"));
            return null;
        }
        return new SessionPersistence
        {
            Type = isCookie ? SessionPersistenceType.Cookie : SessionPersistenceType.Header,
            SessionName = string.IsNullOrEmpty(session.SessionName) ? OwnName(rule) : session.SessionName,
            AbsoluteTimeout = NonZero(session.AbsoluteTimeout),
            IdleTimeout = NonZero(session.IdleTimeout),
            IsPermanentCookie = isCookie && session.CookieLifetime == "Permanent" && NonZero(session.AbsoluteTimeout) is not null,
            CookiePath = isCookie ? cookiePath : null,
        };
    }

    // Zero disables a timeout, as everywhere in the API.
    private static TimeSpan? NonZero(TimeSpan? time) => time == TimeSpan.Zero ? null : time;

    // Names of cookies and of fields are tokens (RFC 6265 4.1.1, RFC 9110 5.1).
    private static string? Problem(string name, bool isCookie)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
                return $"cannot be the name of a {(isCookie ? "cookie" : "header")}; use letters, digits and !#$%&'*+-.^_`|~";
        }
        if (isCookie)
        {
            // Browsers ask for attributes with these prefixes that are not set over http.
            return name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase)
                ? "begins with a prefix that browsers accept with Secure only; use another name"
                : null;
        }
        return ReservedFields.Contains(name) || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)
            ? "has a meaning of its own in HTTP; use another name"
            : null;
    }

    // FNV-1a: the name need only differ from rule to rule and stay the same from version to version.
    private static string OwnName(string rule)
    {
        var hash = 14695981039346656037;
        foreach (var c in rule)
            hash = (hash ^ c) * 1099511628211;
        return string.Create(CultureInfo.InvariantCulture, $"sluice-session-{(uint)(hash ^ (hash >> 32)):x8}");
    }
}
