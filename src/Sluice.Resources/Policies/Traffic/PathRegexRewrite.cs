namespace Sluice.Resources.Policies.Traffic;

/// <summary>Changes the path.</summary>
public sealed record PathRegexRewrite
{
    /// <summary>An expression (RE2).</summary>
    public required string Pattern { get; init; }

    /// <summary>What takes the place of a match; \1 is the first group.</summary>
    public required string Substitution { get; init; }
}
