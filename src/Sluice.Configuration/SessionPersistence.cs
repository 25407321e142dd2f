namespace Sluice.Configuration;

/// <summary>Keeps the requests of one session at one endpoint (SessionPersistence, GEP-1619).</summary>
public sealed record SessionPersistence
{
    public required SessionPersistenceType Type { get; init; }

    /// <summary>Name of the cookie or of the field.</summary>
    public required string SessionName { get; init; }

    /// <summary>How long a session lasts at the most; null for no limit.</summary>
    public TimeSpan? AbsoluteTimeout { get; init; }

    /// <summary>How long a session lasts without a request; null for no limit.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>The cookie outlives the browser's session: it carries Max-Age, which is <see cref="AbsoluteTimeout"/>.</summary>
    public bool IsPermanentCookie { get; init; }

    /// <summary>
    /// Path attribute of the cookie. Null: the path of the match that the request met, which must then be Exact or PathPrefix.
    /// </summary>
    public string? CookiePath { get; init; }
}
