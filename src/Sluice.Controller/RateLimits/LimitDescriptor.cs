namespace Sluice.Controller.RateLimits;

/// <summary>A descriptor of a question.</summary>
/// <param name="Entries">Its entries.</param>
/// <param name="Hits">What it counts as; null: what the whole question counts as.</param>
/// <param name="Override">A limit in place of that of the configuration; null: none.</param>
internal sealed record LimitDescriptor(IReadOnlyList<(string Key, string Value)> Entries, long? Hits, LimitRule? Override);
