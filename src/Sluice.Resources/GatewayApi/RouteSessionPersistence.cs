namespace Sluice.Resources.GatewayApi;

/// <summary>spec.rules[].sessionPersistence of a route.</summary>
public sealed record RouteSessionPersistence
{
    /// <summary>Null or empty leaves the name to the implementation.</summary>
    public string? SessionName { get; init; }

    /// <summary>"Cookie" or "Header".</summary>
    public string Type { get; init; } = "Cookie";

    /// <summary>Null for none.</summary>
    public TimeSpan? AbsoluteTimeout { get; init; }

    /// <summary>Null for none. GEP-1619; the CRDs of v1.6 leave it out.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>"Session" or "Permanent" (cookieConfig.lifetimeType).</summary>
    public string CookieLifetime { get; init; } = "Session";
}
