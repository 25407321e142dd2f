using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Calls;

/// <summary>Limits of a call, in the units of the workers.</summary>
/// <param name="Timeout">Milliseconds for all attempts together.</param>
/// <param name="Retries">Attempts after the first.</param>
/// <param name="BaseInterval">Milliseconds of the first pause at the most.</param>
/// <param name="MaxInterval">Milliseconds of any pause at the most.</param>
/// <param name="MaxResponseBytes">Octets of the answer's body.</param>
internal sealed record CallSettings(long Timeout, int Retries, int BaseInterval, int MaxInterval, int MaxResponseBytes)
{
    public static CallSettings Of(TimeSpan timeout, CallRetry? retry, int maxResponseBytes) => new(
        Math.Max(1, (long)timeout.TotalMilliseconds),
        retry?.Attempts ?? 0,
        retry is null ? 0 : Math.Max(1, (int)retry.BaseInterval.TotalMilliseconds),
        retry is null ? 0 : Math.Max(1, (int)retry.MaxInterval.TotalMilliseconds),
        maxResponseBytes);
}
