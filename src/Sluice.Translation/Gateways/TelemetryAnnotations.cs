using Sluice.Configuration.Telemetry;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Gateways;

/// <summary>
/// The annotations by which a Gateway has its requests told to a collector: spans of all of them, and log records, by OTLP. What they
/// do not say stays as the options have it; a wrong value changes nothing and is said.
/// </summary>
internal sealed class TelemetryAnnotations
{
    /// <summary>"true" or "false".</summary>
    public const string Enable = "gateway.envoyproxy.io/enable-telemetry";

    /// <summary>"host:4317" for OTLP/gRPC, or a URL.</summary>
    public const string EndPoint = "gateway.envoyproxy.io/telemetry-endpoint";

    private TelemetryAnnotations(TelemetrySettings? settings, IReadOnlyList<Remark> remarks) => (Settings, Remarks) = (settings, remarks);

    /// <summary>Of the Gateway: the defaults as they are, where the annotations add nothing.</summary>
    public TelemetrySettings? Settings { get; }

    public IReadOnlyList<Remark> Remarks { get; }

    public static TelemetryAnnotations Of(Gateway gateway, TelemetrySettings? defaults)
    {
        var annotations = gateway.Metadata.Annotations;
        var enable = annotations.GetValueOrDefault(Enable)?.Trim();
        var endPoint = annotations.GetValueOrDefault(EndPoint)?.Trim();
        if (enable is not (null or "true" or "false"))
            return Wrong(Enable, $"\"{enable}\" must be \"true\" or \"false\"; telemetry is not switched on");
        if (enable != "true")
            return endPoint is null || enable == "false" ? new TelemetryAnnotations(defaults, []) : Wrong(EndPoint, $"has no effect without {Enable}: \"true\"");
        if (endPoint is null)
            return Wrong(Enable, $"needs {EndPoint}, such as otel-collector.observability:4317; telemetry is not switched on");
        if (!OtlpAddress.TryParse(endPoint, out var provider))
            return Wrong(EndPoint, $"\"{endPoint}\" must be {OtlpAddress.Expected}; telemetry is not switched on");
        var log = new AccessLog { Sink = new OtlpLogSink { Provider = provider }, Format = AccessLogFormat.DefaultText };
        var settings = new TelemetrySettings { AccessLogs = [.. defaults?.AccessLogs ?? [], log], Tracing = new Tracing { Provider = provider } };
        return new TelemetryAnnotations(settings, []);

        TelemetryAnnotations Wrong(string annotation, string message) =>
            new(defaults, [new Remark(null, $"metadata.annotations[\"{annotation}\"]: {message}", IsWarning: true)]);
    }
}
