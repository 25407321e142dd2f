using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Spec = Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>
/// Access logs and traces of a ListenerPolicy, for the telemetry of its Gateway. Logs of a policy that is attached to some listeners are
/// theirs alone; traces are the whole Gateway's.
/// </summary>
internal static class ListenerTelemetryCompiler
{
    /// <summary>Null when the policy says nothing of it, or nothing that can be used.</summary>
    /// <param name="http">The policy's settings.</param>
    /// <param name="listeners">Names of the listeners (<see cref="Configuration.Listener.Name"/>) that it is for; null: all of the Gateway.</param>
    /// <param name="surroundings">Of the policy.</param>
    /// <param name="field">Where the settings stand; "" for spec.</param>
    public static TelemetrySettings? Compile(Spec.HttpSettings http, IReadOnlyList<string>? listeners, IPolicySurroundings surroundings, string field)
    {
        var prefix = field.Length == 0 ? "" : $"{field}.";
        var logs = new List<AccessLog>();
        for (var i = 0; i < http.AccessLog.Count; i++)
        {
            if (i == TelemetrySettings.MaxAccessLogs)
            {
                surroundings.Problem($"{prefix}accessLog", $"there are {http.AccessLog.Count} access logs; the first {TelemetrySettings.MaxAccessLogs} are written");
                break;
            }
            if (Log(http.AccessLog[i], listeners, surroundings, $"{prefix}accessLog[{i}]") is { } log)
                logs.Add(log);
        }
        var tracing = http.Tracing is null ? null
            : listeners is null ? TracingCompiler.Compile(http.Tracing, surroundings, $"{prefix}tracing")
            : Elsewhere(surroundings, $"{prefix}tracing");
        var settings = new TelemetrySettings { AccessLogs = logs, Tracing = tracing };
        return settings.IsEmpty ? null : settings;
    }

    private static Tracing? Elsewhere(IPolicySurroundings surroundings, string field)
    {
        surroundings.Problem(field, "is not in force: traces are those of a whole Gateway; attach the policy to the Gateway, without sectionName and perPort");
        return null;
    }

    private static AccessLog? Log(Spec.AccessLogEntry entry, IReadOnlyList<string>? listeners, IPolicySurroundings surroundings, string field)
    {
        AccessLogFilter? filter = null;
        if (entry.Filter is not null && (filter = AccessLogFilterCompiler.Compile(entry.Filter, surroundings, $"{field}.filter")) is null)
            return null;
        if (listeners is not null)
            filter = filter is null ? new ListenerFilter(listeners) : new AndFilter([new ListenerFilter(listeners), filter]);
        switch (entry)
        {
            case { FileSink: { } file, GrpcService: null, OpenTelemetry: null }:
                return File(file, surroundings, $"{field}.fileSink") is { } written ? written with { Filter = filter } : null;
            case { FileSink: null, GrpcService: null, OpenTelemetry: { } otlp }:
                return Otlp(otlp, surroundings, $"{field}.openTelemetry") is { } exported ? exported with { Filter = filter } : null;
            case { FileSink: null, GrpcService: not null, OpenTelemetry: null }:
                surroundings.Problem($"{field}.grpcService", "is not in force: Envoy's access log service is not spoken; use fileSink or openTelemetry");
                return null;
            default:
                surroundings.Problem(field, "must have exactly one of fileSink, grpcService and openTelemetry");
                return null;
        }
    }

    private static AccessLog? File(Spec.FileSink file, IPolicySurroundings surroundings, string field)
    {
        if (file.StringFormat is not null && file.JsonFormat is not null)
        {
            surroundings.Problem(field, "has stringFormat and jsonFormat; it must have one of them");
            return null;
        }
        var format = file.StringFormat is { } text ? new AccessLogFormat(AccessLogFormatType.Text, text)
            : file.JsonFormat is { } json ? new AccessLogFormat(AccessLogFormatType.Json, json.GetRawText()) : AccessLogFormat.DefaultText;
        return IsUsable(format, surroundings, field) ? new AccessLog { Sink = new FileLogSink(file.Path), Format = format } : null;
    }

    private static AccessLog? Otlp(Spec.OpenTelemetryLog log, IPolicySurroundings surroundings, string field)
    {
        if (OtlpProviderCompiler.Compile(log.GrpcService, surroundings, $"{field}.grpcService") is not { } provider)
            return null;
        var body = log.Body is { } text ? new AccessLogFormat(AccessLogFormatType.Text, text) : AccessLogFormat.DefaultText;
        if (!IsUsable(body, surroundings, $"{field}.body") || OtlpAttributes.Compile(log.Attributes, log.DisableBuiltinLabels, surroundings, $"{field}.attributes") is not { } attributes)
            return null;
        return new AccessLog { Sink = new OtlpLogSink { Provider = provider, Attributes = attributes }, Format = body };
    }

    private static bool IsUsable(AccessLogFormat format, IPolicySurroundings surroundings, string field)
    {
        try
        {
            if (format.Type == AccessLogFormatType.Text)
                FormatParser.Parse(format.Value);
            else
                JsonFormatParser.Parse(format.Value);
            return true;
        }
        catch (LogFormatException error)
        {
            surroundings.Problem(field, error.Message);
            return false;
        }
    }
}
