namespace Sluice.Configuration.Policies;

/// <param name="KbitsPerSecond">How fast a response's body is sent, 1 or more: 1 kbit is 1,000 bits.</param>
/// <param name="Percentage">Share of the requests, 0 to 100.</param>
public sealed record FaultRateLimit(int KbitsPerSecond, int Percentage = 100);
