namespace Sluice.Configuration.Policies;

/// <param name="FixedDelay">More than 0, at most 1 h.</param>
/// <param name="Percentage">Share of the requests, 0 to 100.</param>
public sealed record FaultDelay(TimeSpan FixedDelay, int Percentage = 100);
