using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Listeners"/> holds of the same names.</summary>
internal static class AccessLogSchemas
{
    public static SchemaNode FileSink { get; } = Object(
        Required("path", Text(1, 4096), "\"/dev/stdout\" for the standard output."),
        Optional("stringFormat", Text(0, 16384), "A line with command operators."),
        Optional("jsonFormat", Open(), "An object whose values hold command operators."))
        .AtMostOne("stringFormat jsonFormat");

    public static SchemaNode AccessLogGrpcService { get; } = Object(
        Required("backendRef", PolicyShapes.Backend, "The Service or Backend."),
        Optional("authority", Text(1, 253), "The :authority that is sent."),
        Optional("maxReceiveMessageLength", Integer(0), "Bytes of one answer at most."),
        Optional("skipEnvoyHeaders", Flag, "Whether x-envoy-* fields are left out."),
        Optional("timeout", PolicyShapes.Duration, "How long one call may take."),
        Optional("initialMetadata", List(TelemetrySchemas.GrpcMetadata, max: 16), "Fields of each call."),
        Optional("retryPolicy", TelemetrySchemas.GrpcRetryBackoff, "Null: a call is not tried again."),
        Required("logName", Text(1, 253), "The log's name."),
        Optional("additionalRequestHeadersToLog", Set(NameSchemas.HeaderName, 64), "Fields of requests."),
        Optional("additionalResponseHeadersToLog", Set(NameSchemas.HeaderName, 64), "Fields of responses."),
        Optional("additionalResponseTrailersToLog", Set(NameSchemas.HeaderName, 64), "Trailers of responses."));

    public static SchemaNode OpenTelemetryLog { get; } = Object(
        Required("grpcService", TelemetrySchemas.GrpcSink, "Where they are sent."),
        Optional("body", Text(0, 16384), "The record's body, with command operators."),
        Optional("attributes", Open(), "values[]{key,value}, as OTLP has them."),
        Optional("disableBuiltinLabels", Flag, "Whether only these attributes are sent."));

    public static SchemaNode StatusComparison { get; } = Object(
        Required("op", Word("EQ GE LE"), "How."),
        Optional("value", Integer(0), "With what."));

    public static SchemaNode AccessLogFilter { get; } = Object(
        Optional("andFilter", List(Open(), 2, 16), "All must hold."),
        Optional("orFilter", List(Open(), 2, 16), "One must hold."),
        Optional("statusCodeFilter", StatusComparison, "By the status."),
        Optional("durationFilter", StatusComparison, "By the duration in ms."),
        Optional("notHealthCheckFilter", Flag, "All but health checks."),
        Optional("traceableFilter", Flag, "Those with a trace."),
        Optional("headerFilter", Open(), "By a field."),
        Optional("responseFlagFilter", Open(), "By response flags."),
        Optional("grpcStatusFilter", Open(), "By the gRPC status."),
        Optional("celFilter", Open(), "By an expression."),
        Optional("runtimeFilter", Open(), "By chance."))
        .OneOf("andFilter orFilter statusCodeFilter durationFilter notHealthCheckFilter traceableFilter headerFilter responseFlagFilter grpcStatusFilter celFilter runtimeFilter");

    public static SchemaNode AccessLogEntry { get; } = Object(
        Optional("fileSink", FileSink, "Into a file."),
        Optional("grpcService", AccessLogGrpcService, "To Envoy's access log service."),
        Optional("openTelemetry", OpenTelemetryLog, "By OTLP."),
        Optional("filter", AccessLogFilter, "Null: all requests."))
        .OneOf("fileSink grpcService openTelemetry");

    public static SchemaNode LocalReplyHeader { get; } = Object(
        Required("name", NameSchemas.HeaderName, "The field's name."),
        Required("value", Text(0, 4096), "The field's value."));

    public static SchemaNode LocalReplyMapper { get; } = Object(
        Optional("filter", AccessLogFilter, "Which."),
        Optional("statusCode", Integer(200, 599), "Another status."),
        Optional("body", Text(0, 65536), "Another body."),
        Optional("bodyFormatOverride", CommonPolicySchemas.BodyFormat, "Another format."),
        Optional("headers", List(LocalReplyHeader, max: 16), "Further fields."));

    public static SchemaNode LocalReplySettings { get; } = Object(
        Optional("defaultBodyFormat", CommonPolicySchemas.BodyFormat, "Of all."),
        Optional("mappers", List(LocalReplyMapper, max: 16), "The first whose filter matches."));
}
