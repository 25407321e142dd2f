namespace Sluice.Configuration;

/// <summary>
/// Cross-origin resource sharing (HTTPCORSFilter, GEP-1767): preflights are answered by the proxy, and the fields of the
/// Fetch standard are added to the backend's responses.
/// </summary>
public sealed record CorsPolicy
{
    /// <summary>"*", "scheme://host[:port]", or with a host that begins with "*." for one or more labels. Lower case.</summary>
    public IReadOnlyList<string> AllowOrigins { get; init; } = [];

    /// <summary>Methods, or "*".</summary>
    public IReadOnlyList<string> AllowMethods { get; init; } = [];

    /// <summary>Names of request fields, or "*".</summary>
    public IReadOnlyList<string> AllowHeaders { get; init; } = [];

    /// <summary>Names of response fields, or "*".</summary>
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    public bool AllowCredentials { get; init; }

    /// <summary>How long a browser may keep the answer of a preflight. Default 5 s.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(5);
}
