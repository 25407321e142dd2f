namespace Sluice.Configuration;

/// <summary>Answers with a redirect (HTTPRequestRedirectFilter). Null keeps that part of the request.</summary>
public sealed record RedirectAction : RouteAction
{
    /// <summary>301, 302, 303, 307 or 308.</summary>
    public required int StatusCode { get; init; }

    /// <summary>"http" or "https".</summary>
    public string? Scheme { get; init; }

    public string? Hostname { get; init; }

    /// <summary>
    /// Explicit port. Without it: the default port of <see cref="Scheme"/> if that is given, else the listener's port. Default
    /// ports of the resulting scheme are left out of Location.
    /// </summary>
    public int? Port { get; init; }

    public PathModifier? Path { get; init; }
}
