using Sluice.Resources.Policies.Backends;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class HealthBinder
{
    public static HttpHealthCheck HttpHealthCheck(PolicyNode node) => new()
    {
        Host = node.Text("host"),
        Path = node.Need("path"),
        Method = node.Need("method"),
    };

    public static GrpcHealthCheck GrpcHealthCheck(PolicyNode node) => new()
    {
        ServiceName = node.Text("serviceName"),
        Authority = node.Text("authority"),
    };

    public static HealthCheckPolicy HealthCheckPolicy(PolicyNode node) => new()
    {
        Timeout = node.NeedTime("timeout"),
        Interval = node.NeedTime("interval"),
        UnhealthyThreshold = node.NeedNumber("unhealthyThreshold"),
        HealthyThreshold = node.NeedNumber("healthyThreshold"),
        Http = node.Part("http", HttpHealthCheck),
        Grpc = node.Part("grpc", GrpcHealthCheck),
    };

    public static OutlierDetectionPolicy OutlierDetectionPolicy(PolicyNode node) => new()
    {
        Consecutive5xx = node.NeedNumber("consecutive5xx"),
        Interval = node.NeedTime("interval"),
        BaseEjectionTime = node.NeedTime("baseEjectionTime"),
        MaxEjectionPercent = node.NeedNumber("maxEjectionPercent"),
        EnforcingConsecutive5xx = node.Number("enforcingConsecutive5xx"),
        SplitExternalLocalOriginErrors = node.Flag("splitExternalLocalOriginErrors"),
        ConsecutiveLocalOriginFailure = node.Number("consecutiveLocalOriginFailure"),
        EnforcingConsecutiveLocalOriginFailure = node.Number("enforcingConsecutiveLocalOriginFailure"),
    };

    public static CircuitBreakerPolicy CircuitBreakerPolicy(PolicyNode node) => new()
    {
        MaxConnections = node.Number("maxConnections"),
        MaxPendingRequests = node.Number("maxPendingRequests"),
        MaxRequests = node.Number("maxRequests"),
        MaxRetries = node.Number("maxRetries"),
        TrackRemaining = node.Flag("trackRemaining"),
    };
}
