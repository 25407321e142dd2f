namespace Sluice.Resources.Policies;

/// <summary>Every object of a kind that has all of the labels. SectionName: a listener of a Gateway or a rule of a route; null for all of it.</summary>
public sealed record PolicyTargetSelector(
    string Group,
    string Kind,
    IReadOnlyDictionary<string, string> MatchLabels,
    string? SectionName = null);
