namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>What came of looking at a token.</summary>
/// <param name="Problem">Why it is not accepted; null: it is.</param>
/// <param name="IsUnavailable">Only because the provider's keys cannot be had now.</param>
/// <param name="Subject">"sub", if there is one.</param>
/// <param name="Expires">Seconds since 1970; null: it does not say.</param>
/// <param name="Fields">What the backend is told of it.</param>
internal sealed record OAuth2Judgement(string? Problem, bool IsUnavailable, string? Subject, long? Expires, (byte[] Name, byte[] Value)[] Fields)
{
    public static OAuth2Judgement Refused(string problem) => new(problem, false, null, null, []);

    public static OAuth2Judgement Unavailable() => new("the provider's keys are not available", true, null, null, []);
}
