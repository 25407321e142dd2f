using Sluice.Resources.Policies.Listeners;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class AccessLogBinder
{
    public static FileSink FileSink(PolicyNode node) => new()
    {
        Path = node.Need("path"),
        StringFormat = node.Text("stringFormat"),
        JsonFormat = node.Json("jsonFormat"),
    };

    public static AccessLogGrpcService AccessLogGrpcService(PolicyNode node) => new()
    {
        BackendRef = node.NeedPart("backendRef", PolicyReferences.Backend),
        Authority = node.Text("authority"),
        MaxReceiveMessageLength = node.Number("maxReceiveMessageLength"),
        SkipEnvoyHeaders = node.Flag("skipEnvoyHeaders"),
        Timeout = node.Time("timeout"),
        InitialMetadata = node.List("initialMetadata", TelemetryBinder.GrpcMetadata),
        RetryPolicy = node.Part("retryPolicy", TelemetryBinder.GrpcRetryBackoff),
        LogName = node.Need("logName"),
        AdditionalRequestHeadersToLog = node.Texts("additionalRequestHeadersToLog"),
        AdditionalResponseHeadersToLog = node.Texts("additionalResponseHeadersToLog"),
        AdditionalResponseTrailersToLog = node.Texts("additionalResponseTrailersToLog"),
    };

    public static OpenTelemetryLog OpenTelemetryLog(PolicyNode node) => new()
    {
        GrpcService = node.NeedPart("grpcService", TelemetryBinder.GrpcSink),
        Body = node.Text("body"),
        Attributes = node.Json("attributes"),
        DisableBuiltinLabels = node.Flag("disableBuiltinLabels"),
    };

    public static StatusComparison StatusComparison(PolicyNode node) => new()
    {
        Op = node.Need("op"),
        Value = node.Number("value"),
    };

    public static AccessLogFilter AccessLogFilter(PolicyNode node) => new()
    {
        AndFilter = node.JsonList("andFilter"),
        OrFilter = node.JsonList("orFilter"),
        StatusCodeFilter = node.Part("statusCodeFilter", StatusComparison),
        DurationFilter = node.Part("durationFilter", StatusComparison),
        NotHealthCheckFilter = node.Flag("notHealthCheckFilter"),
        TraceableFilter = node.Flag("traceableFilter"),
        HeaderFilter = node.Json("headerFilter"),
        ResponseFlagFilter = node.Json("responseFlagFilter"),
        GrpcStatusFilter = node.Json("grpcStatusFilter"),
        CelFilter = node.Json("celFilter"),
        RuntimeFilter = node.Json("runtimeFilter"),
    };

    public static AccessLogEntry AccessLogEntry(PolicyNode node) => new()
    {
        FileSink = node.Part("fileSink", FileSink),
        GrpcService = node.Part("grpcService", AccessLogGrpcService),
        OpenTelemetry = node.Part("openTelemetry", OpenTelemetryLog),
        Filter = node.Part("filter", AccessLogFilter),
    };

    public static LocalReplyHeader LocalReplyHeader(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Value = node.Need("value"),
    };

    public static LocalReplyMapper LocalReplyMapper(PolicyNode node) => new()
    {
        Filter = node.Part("filter", AccessLogFilter),
        StatusCode = node.Number("statusCode"),
        Body = node.Text("body"),
        BodyFormatOverride = node.Part("bodyFormatOverride", CommonPolicyBinder.BodyFormat),
        Headers = node.List("headers", LocalReplyHeader),
    };

    public static LocalReplySettings LocalReplySettings(PolicyNode node) => new()
    {
        DefaultBodyFormat = node.Part("defaultBodyFormat", CommonPolicyBinder.BodyFormat),
        Mappers = node.List("mappers", LocalReplyMapper),
    };
}
