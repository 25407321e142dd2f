using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Listeners"/> holds of the same names.</summary>
internal static class TelemetrySchemas
{
    public static SchemaNode LiteralValue { get; } = Object(
        Required("value", Text(0, 1024), "The value."));

    public static SchemaNode EnvironmentValue { get; } = Object(
        Required("name", Text(1, 256), "The variable."),
        Optional("defaultValue", Text(0, 1024), "What stands where it is not set."));

    public static SchemaNode RequestHeaderValue { get; } = Object(
        Required("name", NameSchemas.HeaderName, "The field."),
        Optional("defaultValue", Text(0, 1024), "What stands where it is absent."));

    public static SchemaNode MetadataPathSegment { get; } = Object(
        Required("key", Text(1, 253), "The field."));

    public static SchemaNode MetadataKeyPath { get; } = Object(
        Required("key", Text(1, 253), "The namespace."),
        Required("path", List(MetadataPathSegment, 1, 16), "The way to the value."));

    public static SchemaNode MetadataSource { get; } = Object(
        Required("kind", Word("Request Route Cluster Host"), "Whose."),
        Required("metadataKey", MetadataKeyPath, "Where in it."),
        Optional("defaultValue", Text(0, 1024), "What stands where it is absent."));

    public static SchemaNode TracingAttribute { get; } = Object(
        Required("name", Text(1, 256), "The attribute."),
        Optional("literal", LiteralValue, "A fixed value."),
        Optional("environment", EnvironmentValue, "From the proxy's environment."),
        Optional("requestHeader", RequestHeaderValue, "From the request."),
        Optional("metadata", MetadataSource, "From metadata."))
        .OneOf("literal environment requestHeader metadata");

    public static SchemaNode DetectorSwitch { get; } = Object(
        Optional("enable", Flag, "Whether it is."));

    public static SchemaNode ResourceDetector { get; } = Object(
        Optional("environmentResourceDetector", DetectorSwitch, "By OTEL_RESOURCE_ATTRIBUTES."));

    public static SchemaNode TracingSampler { get; } = Object(
        Optional("alwaysOnConfig", Object(), "All."));

    public static SchemaNode GrpcMetadata { get; } = Object(
        Required("key", NameSchemas.HeaderName, "Its name."),
        Required("value", Text(0, 4096), "Its value."));

    public static SchemaNode GrpcRetryBackoff { get; } = Object(
        Optional("retryBackOff", CommonPolicySchemas.Backoff, "Pauses between them."),
        Optional("numRetries", Integer(0).Default("1"), "Tries after the first."));

    public static SchemaNode GrpcSink { get; } = Object(
        Required("backendRef", PolicyShapes.Backend, "The Service or Backend."),
        Optional("authority", Text(1, 253), "The :authority that is sent."),
        Optional("maxReceiveMessageLength", Integer(0), "Bytes of one answer at most."),
        Optional("skipEnvoyHeaders", Flag, "Whether x-envoy-* fields are left out."),
        Optional("timeout", PolicyShapes.Duration, "How long one call may take."),
        Optional("initialMetadata", List(GrpcMetadata, max: 16), "Fields of each call."),
        Optional("retryPolicy", GrpcRetryBackoff, "Null: a call is not tried again."));

    public static SchemaNode OpenTelemetryTracing { get; } = Object(
        Required("grpcService", GrpcSink, "Where they are sent."),
        Optional("serviceName", Text(1, 256), "Null means \"gateway.namespace\"."),
        Optional("resourceDetectors", List(ResourceDetector, max: 8), "Find resource attributes."),
        Optional("sampler", TracingSampler, "Null: as the percentages say."));

    public static SchemaNode TracingProvider { get; } = Object(
        Required("openTelemetry", OpenTelemetryTracing, "By OTLP."));

    public static SchemaNode TracingSettings { get; } = Object(
        Required("provider", TracingProvider, "Where spans go."),
        Optional("clientSampling", Integer(0, 100).Default("100"), "Percent of the requests that ask for a trace."),
        Optional("randomSampling", Integer(0, 100).Default("100"), "Percent of the others."),
        Optional("overallSampling", Integer(0, 100).Default("100"), "Percent of both that are kept."),
        Optional("verbose", Flag, "Whether spans have events."),
        Optional("maxPathTagLength", Integer(1).Default("256"), "Characters of the path at most."),
        Optional("attributes", Keyed("name", TracingAttribute, max: 64), "Further attributes."),
        Optional("spawnUpstreamSpan", Flag, "Whether each attempt has a span of its own."));
}
