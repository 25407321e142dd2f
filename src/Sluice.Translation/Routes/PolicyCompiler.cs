using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Routes;

/// <summary>timeouts and retry of a rule to records.</summary>
internal static class PolicyCompiler
{
    /// <summary>Zero disables a timeout (HTTPRouteTimeouts), which is the same as none.</summary>
    public static RouteTimeouts? Timeouts(HttpRouteTimeouts? timeouts)
    {
        if (timeouts is null)
            return null;
        var request = timeouts.Request == TimeSpan.Zero ? null : timeouts.Request;
        var backendRequest = timeouts.BackendRequest == TimeSpan.Zero ? null : timeouts.BackendRequest;
        return request is null && backendRequest is null ? null : new RouteTimeouts { Request = request, BackendRequest = backendRequest };
    }

    public static RetryPolicy? Retry(HttpRouteRetry? retry)
    {
        if (retry is null)
            return null;
        var policy = new RetryPolicy { StatusCodes = retry.Codes };
        if (retry.Attempts is { } attempts)
            policy = policy with { Attempts = attempts };
        return retry.Backoff is { } backoff ? policy with { Backoff = backoff } : policy;
    }
}
