namespace Sluice.Configuration.Policies;

/// <param name="Type">How it is compared.</param>
/// <param name="Value">The text, or a regular expression that must match as a whole.</param>
/// <param name="IgnoreCase">ASCII letters are equal in both cases. Not for regular expressions: these say (?i).</param>
public sealed record StringMatch(StringMatchType Type, string Value, bool IgnoreCase = false);
