using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Common;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>Compiles what services have in common that are asked per request.</summary>
internal static class ServiceCompiler
{
    /// <summary>How long a service may take when nothing is said.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Null when it cannot be asked, which is reported.</summary>
    public static GrpcService? Grpc(GrpcServiceSettings spec, IPolicySurroundings surroundings, string field, TimeSpan timeout)
    {
        if (surroundings.Cluster(spec.BackendRef, $"{field}.backendRef") is not { } cluster)
            return null;
        string authority = spec.Authority ?? spec.BackendRef.Name;
        if (authority.Length == 0 || authority.Any(c => c is <= ' ' or >= '\x7f'))
        {
            surroundings.Problem($"{field}.authority", $"\"{authority}\" is no authority; a host such as auth.example.com is needed");
            return null;
        }
        if (!TryTime(spec.RequestTimeout ?? timeout, surroundings, $"{field}.requestTimeout") || !TryRetry(spec.Retry, surroundings, $"{field}.retry", out CallRetry? retry))
            return null;
        return new GrpcService { Cluster = cluster, Authority = authority, Timeout = spec.RequestTimeout ?? timeout, Retry = retry };
    }

    public static bool TryTime(TimeSpan time, IPolicySurroundings surroundings, string field)
    {
        if (time > TimeSpan.Zero)
            return true;
        surroundings.Problem(field, "must be more than 0");
        return false;
    }

    public static bool TryRetry(GrpcRetry? spec, IPolicySurroundings surroundings, string field, out CallRetry? retry)
    {
        retry = null;
        if (spec is null)
            return true;
        if (spec.Attempts is < 0 or > CallRetry.MaxAttempts)
        {
            surroundings.Problem($"{field}.attempts", $"is {spec.Attempts}; must be from 0 to {CallRetry.MaxAttempts}");
            return false;
        }
        retry = new CallRetry { Attempts = spec.Attempts };
        if (spec.Backoff is not { } backoff)
            return true;
        TimeSpan longest = backoff.MaxInterval ?? 10 * backoff.BaseInterval;
        if (backoff.BaseInterval <= TimeSpan.Zero || longest < backoff.BaseInterval)
        {
            surroundings.Problem($"{field}.backoff", "baseInterval must be more than 0, and maxInterval not shorter");
            return false;
        }
        retry = retry with { BaseInterval = backoff.BaseInterval, MaxInterval = longest };
        return true;
    }
}
