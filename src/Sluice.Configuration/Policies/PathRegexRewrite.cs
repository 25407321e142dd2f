namespace Sluice.Configuration.Policies;

/// <summary>
/// Another path for the backend (TrafficPolicy.spec.urlRewrite.pathRegex): every match in the path is replaced, without its query. A rule's
/// or backend's own path of a URLRewrite counts instead.
/// </summary>
/// <param name="Pattern">A regular expression (<see cref="Patterns.PatternSubstitution"/>), which may match a part.</param>
/// <param name="Substitution">What takes the place of a match: \1 to \9 and \g&lt;name&gt; are groups, \0 is the match, \\ a backslash.</param>
public sealed record PathRegexRewrite(string Pattern, string Substitution);
