namespace Sluice.Resources.Policies.Common;

/// <summary>Pauses between attempts.</summary>
public sealed record Backoff
{
    /// <summary>The first pause.</summary>
    public required TimeSpan BaseInterval { get; init; }

    /// <summary>The longest pause. Null means ten times the first.</summary>
    public TimeSpan? MaxInterval { get; init; }
}
