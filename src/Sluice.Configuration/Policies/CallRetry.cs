namespace Sluice.Configuration.Policies;

/// <summary>
/// How often a service is asked again that could not be reached, broke off, or said that it is not available. The pauses are drawn from
/// 0 up to a limit that doubles with each of them.
/// </summary>
public sealed record CallRetry
{
    /// <summary>The most attempts after the first: 16.</summary>
    public const int MaxAttempts = 16;

    /// <summary>Attempts after the first, up to <see cref="MaxAttempts"/>. Default 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Limit of the first pause. Default 25 ms.</summary>
    public TimeSpan BaseInterval { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Limit of all pauses. Default 250 ms.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromMilliseconds(250);
}
