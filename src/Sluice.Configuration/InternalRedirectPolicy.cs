namespace Sluice.Configuration;

/// <summary>
/// Redirects of backends that the proxy follows itself: the rule of the new target serves the request, which must have been read and
/// kept whole. A redirect that cannot be followed is passed on.
/// </summary>
public sealed record InternalRedirectPolicy
{
    /// <summary>301, 302, 303, 307, 308.</summary>
    public required IReadOnlyList<int> StatusCodes { get; init; }

    /// <summary>From http to https or back.</summary>
    public bool AllowCrossSchemeRedirect { get; init; }

    /// <summary>Redirects in a row, 1 to <see cref="MaxLimit"/>.</summary>
    public int MaxRedirects { get; init; } = 1;

    /// <summary>Fields of the redirect that the next request gets, instead of its own.</summary>
    public IReadOnlyList<string> ResponseHeadersToCopy { get; init; } = [];

    /// <summary>The largest <see cref="MaxRedirects"/>.</summary>
    public const int MaxLimit = 16;
}
