namespace Sluice.Configuration.Policies;

/// <summary>Part of a descriptor.</summary>
/// <param name="Type">Where the value is from.</param>
/// <param name="Key">Its name in the descriptor. The field's name with <see cref="RateLimitEntryType.Header"/>.</param>
/// <param name="Value">With <see cref="RateLimitEntryType.Generic"/>; otherwise null.</param>
public sealed record RateLimitEntry(RateLimitEntryType Type, string Key, string? Value = null);
