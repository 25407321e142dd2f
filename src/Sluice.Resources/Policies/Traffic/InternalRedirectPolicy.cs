namespace Sluice.Resources.Policies.Traffic;

/// <summary>Follows redirects of backends.</summary>
public sealed record InternalRedirectPolicy
{
    /// <summary>Which. Empty means 302.</summary>
    public IReadOnlyList<int> RedirectResponseCodes { get; init; } = [];

    /// <summary>Whether http may lead to https, and back.</summary>
    public bool AllowCrossSchemeRedirect { get; init; }

    /// <summary>Fields of the redirect that go into the new request.</summary>
    public IReadOnlyList<string> ResponseHeadersToCopy { get; init; } = [];

    /// <summary>How many in a row.</summary>
    public int MaxRedirects { get; init; } = 1;
}
