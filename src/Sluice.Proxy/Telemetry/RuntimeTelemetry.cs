using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Otlp;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Telemetry.Tracing;

namespace Sluice.Proxy.Telemetry;

/// <summary>Access logs and tracing of one Gateway, compiled. Shared by its workers, and never changed.</summary>
internal sealed class RuntimeTelemetry
{
    private RuntimeTelemetry(string gateway) => Gateway = gateway;

    public string Gateway { get; }

    public CapturePlan Plan { get; } = new();

    public List<RuntimeAccessLog> Logs { get; } = [];

    public RuntimeTracing? Tracing { get; private set; }

    /// <summary>Compiles what can be; null when nothing is left. What cannot be used is left out and said.</summary>
    public static RuntimeTelemetry? Create(TelemetrySettings settings, string gateway, TelemetryOutputs outputs, ISet<string> warnings)
    {
        var telemetry = new RuntimeTelemetry(gateway);
        for (var i = 0; i < settings.AccessLogs.Count; i++)
        {
            if (i == TelemetrySettings.MaxAccessLogs)
            {
                warnings.Add($"there are {settings.AccessLogs.Count} access logs; the first {TelemetrySettings.MaxAccessLogs} are written");
                break;
            }

            try
            {
                telemetry.Logs.Add(new RuntimeAccessLog(settings.AccessLogs[i], telemetry.Plan, outputs, gateway));
            }
            catch (LogFormatException error)
            {
                warnings.Add($"access log {i}: {error.Message}; it is not written");
            }
        }

        if (settings.Tracing is { } tracing)
            telemetry.AddTracing(tracing, outputs, warnings);
        return telemetry.Logs.Count == 0 && telemetry.Tracing is null ? null : telemetry;
    }

    private void AddTracing(Configuration.Telemetry.Tracing tracing, TelemetryOutputs outputs, ISet<string> warnings)
    {
        try
        {
            var stream = new OtlpStream { Gateway = Gateway, Signal = OtlpSignal.Traces, Resource = OtlpResource.Encode(Gateway, tracing.Provider.ServiceName, outputs.Version) };
            Tracing = new RuntimeTracing(tracing, Plan, outputs.Exporter(tracing.Provider), stream);
        }
        catch (LogFormatException error)
        {
            warnings.Add($"tracing: {error.Message}; there are no spans");
        }
    }
}
