using System.Globalization;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Explain;

/// <summary>Describes the filters that ask services.</summary>
internal static class ServiceExplainer
{
    public static IEnumerable<string> Describe(ExtAuthPolicy policy)
    {
        if (policy.Grpc is { } grpc)
            yield return $"asks {grpc.Cluster} by gRPC{Within(grpc.Timeout)}";
        else if (policy.Http is { } http)
            yield return $"asks {http.Cluster} by HTTP{(http.PathPrefix.Length == 0 ? "" : $" below {http.PathPrefix}")}{Within(http.Timeout)}";
        yield return policy.FailOpen ? "requests pass when it cannot be asked" : string.Create(CultureInfo.InvariantCulture, $"{policy.StatusOnError} when it cannot be asked");
    }

    public static IEnumerable<string> Describe(GlobalRateLimitPolicy policy)
    {
        if (policy.Service is { } service)
            yield return $"asks {service.Cluster}{Within(service.Timeout)}, domain \"{policy.Domain}\"";
        foreach (RateLimitDescriptor descriptor in policy.Descriptors.Take(8))
            yield return string.Join(", ", descriptor.Entries.Select(entry => entry.Value is null ? entry.Key : $"{entry.Key} {entry.Value}"));
        yield return policy.FailOpen ? "requests pass when it cannot be asked" : "500 when it cannot be asked";
    }

    private static string Within(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $" within {time.TotalSeconds:0.###} s");
}
