using Sluice.Configuration;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Policies.Traffic;
using Sluice.Translation.Tests.Policies.Listeners;
using InternalRedirectSpec = Sluice.Resources.Policies.Traffic.InternalRedirectPolicy;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>retry and internalRedirect of a TrafficPolicy.</summary>
public sealed class RetryCompilerTests
{
    private readonly RecordedSurroundings _surroundings = new();

    [Fact]
    public void Conditions_HaveEnvoysNames()
    {
        var retry = RetryCompiler.Compile(
            new RetryPolicySettings
            {
                RetryOn = ["5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "envoy-ratelimited", "retriable-4xx", "refused-stream", "retriable-status-codes", "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable"],
                StatusCodes = [425, 429],
                Attempts = 4,
                PerTryTimeout = TimeSpan.FromSeconds(1),
                BackoffBaseInterval = TimeSpan.FromMilliseconds(40),
            },
            _surroundings,
            "retry")!;

        Assert.Equal((RetryConditions)255, retry.Conditions);
        Assert.Equal([1, 4, 8, 13, 14], retry.GrpcStatusCodes);
        Assert.Equal([425, 429], retry.StatusCodes);
        Assert.Equal((4, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(40), true), (retry.Attempts, retry.PerTryTimeout, retry.Backoff, retry.FullJitter));
        Assert.Empty(_surroundings.Problems);
    }

    [Fact]
    public void WhatIsWrong_IsReported()
    {
        var retry = RetryCompiler.Compile(
            new RetryPolicySettings { RetryOn = ["http3-post-connect-failure", "nonsense", "retriable-status-codes", "5xx"], StatusCodes = [200], BackoffBaseInterval = TimeSpan.Zero }, _surroundings, "retry")!;

        Assert.Equal(["retry.retryOn[0]", "retry.retryOn[1]", "retry.statusCodes[0]", "retry.retryOn", "retry.backoffBaseInterval"], _surroundings.Fields);
        Assert.Equal((RetryConditions.ServerError, TimeSpan.FromMilliseconds(1)), (retry.Conditions, retry.Backoff));
        Assert.Null(RetryCompiler.Compile(new RetryPolicySettings { RetryOn = ["5xx"], Attempts = 0 }, _surroundings, "retry"));
        Assert.Null(RetryCompiler.Compile(new RetryPolicySettings(), _surroundings, "retry"));
    }

    [Fact]
    public void Redirects_AreThoseOf302_UnlessOthersAreNamed()
    {
        Assert.Equal([302], InternalRedirectCompiler.Compile(new InternalRedirectSpec(), _surroundings, "internalRedirect")!.StatusCodes);
        Assert.Empty(_surroundings.Problems);

        var redirect = InternalRedirectCompiler.Compile(
            new InternalRedirectSpec { RedirectResponseCodes = [303, 304], MaxRedirects = 99, ResponseHeadersToCopy = ["x-a", "Host"], AllowCrossSchemeRedirect = true }, _surroundings, "internalRedirect")!;

        Assert.Equal([303], redirect.StatusCodes);
        Assert.Equal((16, true), (redirect.MaxRedirects, redirect.AllowCrossSchemeRedirect));
        Assert.Equal(["x-a"], redirect.ResponseHeadersToCopy);
        Assert.Equal(["internalRedirect.redirectResponseCodes[1]", "internalRedirect.maxRedirects", "internalRedirect.responseHeadersToCopy[1]"], _surroundings.Fields);
        Assert.Null(InternalRedirectCompiler.Compile(new InternalRedirectSpec { RedirectResponseCodes = [200] }, _surroundings, "internalRedirect"));
    }
}
