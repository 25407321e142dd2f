namespace Sluice.Translation.Statuses;

/// <summary>Why something is not as it should be: the reason and message of a condition.</summary>
internal sealed record Finding(string Reason, string Message);
