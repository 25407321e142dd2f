using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Backends"/> holds of the same names.</summary>
internal static class HealthSchemas
{
    public static SchemaNode HttpHealthCheck { get; } = Object(
        Optional("host", Text(1, 253), "The Host."),
        Required("path", Text(1, 2048), "The path."),
        Optional("method", Word("CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE").Default("\"GET\""), "The method."));

    public static SchemaNode GrpcHealthCheck { get; } = Object(
        Optional("serviceName", Text(1, 253), "The service that is asked for."),
        Optional("authority", Text(1, 253), "The :authority that is sent."));

    public static SchemaNode HealthCheckPolicy { get; } = Object(
        Required("timeout", PolicyShapes.DurationOf("1ms"), "How long a probe may take."),
        Required("interval", PolicyShapes.DurationOf("1ms"), "Time between probes."),
        Required("unhealthyThreshold", Integer(1), "Failures in a row until an endpoint is out."),
        Required("healthyThreshold", Integer(1), "Successes in a row until it is back."),
        Optional("http", HttpHealthCheck, "By HTTP."),
        Optional("grpc", GrpcHealthCheck, "By gRPC."))
        .OneOf("http grpc");

    public static SchemaNode OutlierDetectionPolicy { get; } = Object(
        Optional("consecutive5xx", Integer(0).Default("5"), "Failures in a row."),
        Optional("interval", PolicyShapes.DurationOf("1ms").Default("\"10s\""), "How often it is looked."),
        Optional("baseEjectionTime", PolicyShapes.DurationOf("1ms").Default("\"30s\""), "For how long, times how often it happened."),
        Optional("maxEjectionPercent", Integer(0, 100).Default("10"), "Share of the endpoints that may be out."),
        Optional("enforcingConsecutive5xx", Integer(0, 100), "Percent of the cases; 100 when absent."),
        Optional("splitExternalLocalOriginErrors", Flag, "Whether connection errors count for themselves."),
        Optional("consecutiveLocalOriginFailure", Integer(0), "Connection errors in a row; 5 when absent."),
        Optional("enforcingConsecutiveLocalOriginFailure", Integer(0, 100), "Percent of the cases; 100 when absent."));

    public static SchemaNode CircuitBreakerPolicy { get; } = Object(
        Optional("maxConnections", Integer(1), "Connections; 1024 when absent."),
        Optional("maxPendingRequests", Integer(1), "Requests that wait for one; 1024 when absent."),
        Optional("maxRequests", Integer(1), "Requests; 1024 when absent."),
        Optional("maxRetries", Integer(0), "Retries; 3 when absent."),
        Optional("trackRemaining", Flag, "Whether metrics tell what is left."));
}
