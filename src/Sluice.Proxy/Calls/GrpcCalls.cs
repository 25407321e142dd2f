using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Calls;

internal static class GrpcCalls
{
    /// <summary>Null when the service can be asked as it is configured.</summary>
    public static string? Problem(GrpcService service) =>
        service.Timeout <= TimeSpan.Zero ? "the service's timeout must be more than 0"
        : service.Authority.Length == 0 || service.Authority.Any(c => c is <= ' ' or >= '\x7f') ? $"the service's authority \"{service.Authority}\" is none"
        : Problem(service.Retry);

    /// <inheritdoc cref="Problem(GrpcService)"/>
    public static string? Problem(CallRetry? retry) =>
        retry is null ? null
        : retry.Attempts is < 0 or > CallRetry.MaxAttempts ? $"retry.attempts {retry.Attempts} must be from 0 to {CallRetry.MaxAttempts}"
        : retry.BaseInterval <= TimeSpan.Zero || retry.MaxInterval < retry.BaseInterval ? "retry's pauses must be more than 0, and the longest not shorter than the first"
        : null;
}
