namespace Sluice.Translation.Statuses;

/// <summary>Why something is not as it should be: the reason and message of a condition.</summary>
internal sealed record Finding(string Reason, string Message)
{
    /// <summary>Both messages, with the reason of the first.</summary>
    public static Finding? Join(Finding? one, Finding? other) =>
        one is null || other is null ? one ?? other : one with { Message = $"{one.Message}; {other.Message}" };
}
