using Sluice.Configuration;
using Sluice.Configuration.Policies;

namespace Sluice.Translation.Routes;

/// <summary>Equality by content, lists included, which records alone compare by reference.</summary>
internal static class RuleEquality
{
    public static bool Same(RouteMatch one, RouteMatch other) =>
        ReferenceEquals(one, other)
        || (one.Path == other.Path
            && one.Method == other.Method
            && one.Headers.SequenceEqual(other.Headers)
            && one.QueryParams.SequenceEqual(other.QueryParams));

    public static bool Same(RouteRule one, RouteRule other) =>
        one.Route == other.Route
        && one.Index == other.Index
        && one.Name == other.Name
        && Same(one.Action, other.Action)
        && Same(one.RequestHeaders, other.RequestHeaders)
        && Same(one.ResponseHeaders, other.ResponseHeaders)
        && one.UrlRewrite == other.UrlRewrite
        && one.Timeouts == other.Timeouts
        && Same(one.Retry, other.Retry)
        && Same(one.InternalRedirect, other.InternalRedirect)
        && one.Mirrors.SequenceEqual(other.Mirrors)
        && Same(one.Cors, other.Cors)
        && one.SessionPersistence == other.SessionPersistence
        && Same(one.Policies, other.Policies);

    // Rules share the parts with whoever compiled them: what is another instance may be taken for different.
    private static bool Same(RequestPolicies? one, RequestPolicies? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        return one.LocalRateLimits.SequenceEqual(other.LocalRateLimits) && one == other with { LocalRateLimits = one.LocalRateLimits };
    }

    private static bool Same(RetryPolicy? one, RetryPolicy? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        return one.Attempts == other.Attempts
            && one.Backoff == other.Backoff
            && one.StatusCodes.SequenceEqual(other.StatusCodes)
            && one.GrpcStatusCodes.SequenceEqual(other.GrpcStatusCodes)
            && one.Conditions == other.Conditions
            && one.PerTryTimeout == other.PerTryTimeout
            && one.FullJitter == other.FullJitter;
    }

    private static bool Same(InternalRedirectPolicy? one, InternalRedirectPolicy? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        return one.AllowCrossSchemeRedirect == other.AllowCrossSchemeRedirect
            && one.MaxRedirects == other.MaxRedirects
            && one.StatusCodes.SequenceEqual(other.StatusCodes)
            && one.ResponseHeadersToCopy.SequenceEqual(other.ResponseHeadersToCopy, StringComparer.Ordinal);
    }

    private static bool Same(CorsPolicy? one, CorsPolicy? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        return one.AllowCredentials == other.AllowCredentials
            && one.MaxAge == other.MaxAge
            && one.AllowOrigins.SequenceEqual(other.AllowOrigins)
            && one.AllowMethods.SequenceEqual(other.AllowMethods)
            && one.AllowHeaders.SequenceEqual(other.AllowHeaders)
            && one.ExposeHeaders.SequenceEqual(other.ExposeHeaders);
    }

    private static bool Same(RouteAction? one, RouteAction? other)
    {
        if (one is not ForwardAction forward || other is not ForwardAction otherForward)
            return Equals(one, other);
        if (forward.Backends.Count != otherForward.Backends.Count)
            return false;
        for (var i = 0; i < forward.Backends.Count; i++)
        {
            if (!Same(forward.Backends[i], otherForward.Backends[i]))
                return false;
        }
        return true;
    }

    private static bool Same(WeightedBackend one, WeightedBackend other) =>
        one.Cluster == other.Cluster
        && one.Weight == other.Weight
        && Same(one.RequestHeaders, other.RequestHeaders)
        && Same(one.ResponseHeaders, other.ResponseHeaders)
        && one.UrlRewrite == other.UrlRewrite
        && one.Mirrors.SequenceEqual(other.Mirrors)
        && Same(one.Answer, other.Answer);

    private static bool Same(IReadOnlyList<HeaderModifier> one, IReadOnlyList<HeaderModifier> other)
    {
        if (one.Count != other.Count)
            return false;
        for (var i = 0; i < one.Count; i++)
        {
            if (!one[i].Set.SequenceEqual(other[i].Set) || !one[i].Add.SequenceEqual(other[i].Add) || !one[i].Remove.SequenceEqual(other[i].Remove))
                return false;
        }
        return true;
    }
}
