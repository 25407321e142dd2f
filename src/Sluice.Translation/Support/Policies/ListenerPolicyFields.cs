namespace Sluice.Translation.Support.Policies;

/// <summary>Fields of ListenerPolicy, and of HTTPListenerPolicy, which has the HTTP settings at the top of spec.</summary>
internal static class ListenerPolicyFields
{
    public static PolicyMarks Marks { get; } = Settings(Settings(Targets(), "spec.default"), "spec.perPort[].listener")
        .Supported("spec.perPort[].port")
        .NotSupported("spec.perPort[].listener.httpSettings.tracing", "traces are those of a whole Gateway");

    public static PolicyMarks HttpMarks { get; } = Http(Targets().Supported("spec"), "spec");

    private static PolicyMarks Targets() => new PolicyMarks().Supported("spec.targetRefs").Supported("spec.targetSelectors");

    private static PolicyMarks Settings(PolicyMarks marks, string place) => Http(marks.Supported(place), $"{place}.httpSettings");

    private static PolicyMarks Http(PolicyMarks marks, string place) => Otlp(Otlp(marks, $"{place}.accessLog[].openTelemetry.grpcService"), $"{place}.tracing.provider.openTelemetry.grpcService")
        .NotSupported($"{place}.accessLog[].grpcService", "use fileSink or openTelemetry")
        .NotSupported($"{place}.accessLog[].filter.celFilter", "the log is not written")
        .NotSupported($"{place}.localReplies.mappers[].filter.celFilter", "the mapper is left out")
        .NotSupported($"{place}.tracing.verbose", "spans have no events")
        .NotSupported($"{place}.tracing.attributes[].environment", "the environment of proxies is not told to anybody")
        .NotSupported($"{place}.tracing.attributes[].metadata", "there is none that spans could have")
        .NotSupported($"{place}.tracing.provider.openTelemetry.resourceDetectors", "")
        .NotSupported($"{place}.uuidRequestIdConfig", "sampling does not go by request ids");

    private static PolicyMarks Otlp(PolicyMarks marks, string place) => marks
        .NotSupported($"{place}.authority", "collectors are told the Service's own name")
        .NotSupported($"{place}.maxReceiveMessageLength", "answers of collectors have a limit of their own")
        .NotSupported($"{place}.retryPolicy", "exports are tried again by rules of their own");
}
