namespace Sluice.Resources.Policies.Traffic;

/// <summary>Changes the address that the backend sees.</summary>
public sealed record UrlRewritePolicy
{
    /// <summary>Of the path.</summary>
    public required PathRegexRewrite PathRegex { get; init; }
}
