namespace Sluice.Resources.Policies.Common;

/// <summary>Matches a text: exactly one of the ways is given.</summary>
public sealed record StringMatcher
{
    /// <summary>The whole text.</summary>
    public string? Exact { get; init; }

    /// <summary>How it begins.</summary>
    public string? Prefix { get; init; }

    /// <summary>How it ends.</summary>
    public string? Suffix { get; init; }

    /// <summary>What it holds somewhere.</summary>
    public string? Contains { get; init; }

    /// <summary>An expression (RE2) that the whole text matches.</summary>
    public string? SafeRegex { get; init; }

    /// <summary>Whether upper and lower case are the same; not for safeRegex.</summary>
    public bool IgnoreCase { get; init; }
}
