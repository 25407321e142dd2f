using System.Text.Json;
using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Json;

/// <summary>Writes access logs and tracing.</summary>
internal static class TelemetryWriter
{
    public static void Write(Utf8JsonWriter writer, TelemetrySettings? telemetry, Secrets secrets)
    {
        if (telemetry is null || telemetry.IsEmpty)
            return;
        writer.WriteStartObject("telemetry");
        if (telemetry.AccessLogs.Count > 0)
        {
            writer.WriteStartArray("accessLogs");
            foreach (var log in telemetry.AccessLogs)
                Write(writer, log, secrets);
            writer.WriteEndArray();
        }

        if (telemetry.Tracing is { } tracing)
            Write(writer, tracing, secrets);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AccessLog log, Secrets secrets)
    {
        writer.WriteStartObject();
        if (log.Sink is FileLogSink file)
        {
            writer.WriteString("path", file.Path);
        }
        else if (log.Sink is OtlpLogSink otlp)
        {
            Write(writer, "otlp", otlp.Provider, secrets);
            if (otlp.Attributes != OtlpLogSink.DefaultAttributes)
                writer.WriteString("attributes", otlp.Attributes);
        }

        WriteMembers(writer, log.Format);
        if (log.Filter is { } filter)
        {
            writer.WritePropertyName("filter");
            Write(writer, filter);
        }

        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, AccessLogFormat? format)
    {
        if (format is null)
            return;
        writer.WriteStartObject(name);
        WriteMembers(writer, format);
        writer.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter writer, AccessLogFormat format)
    {
        writer.WriteString("formatType", format.Type.ToString());
        writer.WriteString("format", format.Value);
    }

    public static void Write(Utf8JsonWriter writer, AccessLogFilter filter)
    {
        writer.WriteStartObject();
        switch (filter)
        {
            case StatusCodeFilter status:
                writer.WriteString("statusCode", status.Comparison.ToString());
                writer.WriteNumber("value", status.Value);
                break;
            case DurationFilter duration:
                writer.WriteString("duration", duration.Comparison.ToString());
                PolicyWriter.Write(writer, "value", duration.Value);
                break;
            case NotHealthCheckFilter:
                writer.WriteBoolean("notHealthCheck", true);
                break;
            case TraceableFilter:
                writer.WriteBoolean("traceable", true);
                break;
            case HeaderFilter header:
                writer.WriteString("header", header.Match.Name);
                writer.WriteString("type", header.Match.Type.ToString());
                writer.WriteString("value", header.Match.Value);
                break;
            case ResponseFlagFilter flags:
                writer.WriteNumber("responseFlags", (int)flags.Flags);
                break;
            case GrpcStatusFilter grpc:
                writer.WriteStartArray("grpcStatuses");
                foreach (var status in grpc.Statuses)
                    writer.WriteNumberValue(status);
                writer.WriteEndArray();
                if (grpc.Exclude)
                    writer.WriteBoolean("exclude", true);
                break;
            case SampleFilter sample:
                writer.WriteNumber("sample", sample.Numerator);
                writer.WriteNumber("of", sample.Denominator);
                if (sample.IsIndependent)
                    writer.WriteBoolean("independent", true);
                break;
            case ListenerFilter listeners:
                writer.WriteStartArray("listeners");
                foreach (var listener in listeners.Listeners)
                    writer.WriteStringValue(listener);
                writer.WriteEndArray();
                break;
            case AndFilter and:
                Write(writer, "and", and.Filters);
                break;
            case OrFilter or:
                Write(writer, "or", or.Filters);
                break;
            case CelFilter cel:
                writer.WriteString("cel", cel.Expression);
                break;
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<AccessLogFilter> filters)
    {
        writer.WriteStartArray(name);
        foreach (var filter in filters)
            Write(writer, filter);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Tracing tracing, Secrets secrets)
    {
        writer.WriteStartObject("tracing");
        Write(writer, "provider", tracing.Provider, secrets);
        writer.WriteNumber("randomSampling", tracing.RandomSampling);
        writer.WriteNumber("clientSampling", tracing.ClientSampling);
        writer.WriteNumber("overallSampling", tracing.OverallSampling);
        if (tracing.SpawnUpstreamSpan)
            writer.WriteBoolean("spawnUpstreamSpan", true);
        writer.WriteNumber("maxPathTagLength", tracing.MaxPathTagLength);
        if (tracing.Attributes.Count > 0)
        {
            writer.WriteStartArray("attributes");
            foreach (var attribute in tracing.Attributes)
            {
                writer.WriteStartObject();
                writer.WriteString("name", attribute.Name);
                writer.WriteString("value", attribute.Value);
                if (attribute.Default is { } fallback)
                    writer.WriteString("default", fallback);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, OtlpProvider provider, Secrets secrets)
    {
        writer.WriteStartObject(name);
        writer.WriteString("protocol", provider.Protocol.ToString());
        writer.WriteString("host", provider.Host);
        writer.WriteNumber("port", provider.Port);
        if (provider.IsSecure)
            writer.WriteBoolean("secure", true);
        if (provider.ServerName is { } serverName)
            writer.WriteString("serverName", serverName);
        PolicyWriter.Write(writer, "caCertificates", provider.CaCertificates);
        if (provider.Path.Length > 0)
            writer.WriteString("path", provider.Path);
        if (provider.Timeout != OtlpProvider.DefaultTimeout)
            PolicyWriter.Write(writer, "timeout", provider.Timeout);
        if (provider.ServiceName is { } service)
            writer.WriteString("serviceName", service);
        if (provider.Headers.Count > 0)
        {
            // Tokens are handed to collectors in headers.
            writer.WriteStartArray("headers");
            foreach (var header in provider.Headers)
            {
                writer.WriteStartObject();
                writer.WriteString("name", header.Name);
                writer.WriteString("value", secrets == Secrets.Included ? header.Value : "***");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
