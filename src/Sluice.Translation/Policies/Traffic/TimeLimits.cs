namespace Sluice.Translation.Policies.Traffic;

/// <summary>Limits of time; null for none.</summary>
internal sealed record TimeLimits(TimeSpan? Request, TimeSpan? StreamIdle);
