using Sluice.Proxy.Telemetry.Otlp;

namespace Sluice.Proxy.Telemetry;

/// <content>Access logs and traces. Gateways without either have no series.</content>
internal sealed partial class MetricsWriter
{
    public void WriteTelemetry(IReadOnlyList<GatewayTelemetry> gateways, IReadOnlyList<OtlpExporter> exporters)
    {
        var used = gateways.Where(gateway => gateway.WasUsed).ToArray();
        Header("sluice_access_log_lines_total", "counter", "Lines and log records of access logs, those that were lost later included.");
        foreach (var gateway in used)
            Sample($"sluice_access_log_lines_total{{gateway=\"{gateway.Gateway}\"}}", gateway.Lines.Written);
        Header("sluice_access_log_lines_dropped_total", "counter", "Lines that were not written, by reason: no room because the output is slow, or the output failed.");
        foreach (var gateway in used)
        {
            Sample($"sluice_access_log_lines_dropped_total{{gateway=\"{gateway.Gateway}\",reason=\"no room\"}}", gateway.Lines.Dropped);
            Sample($"sluice_access_log_lines_dropped_total{{gateway=\"{gateway.Gateway}\",reason=\"output failed\"}}", gateway.Lines.Lost);
        }

        Header("sluice_trace_spans_total", "counter", "Requests whose spans were recorded, those that were lost later included.");
        foreach (var gateway in used)
            Sample($"sluice_trace_spans_total{{gateway=\"{gateway.Gateway}\"}}", gateway.Spans.Written);
        Header("sluice_trace_spans_dropped_total", "counter", "Requests whose spans were not exported, by reason: no room because the collector is slow, or the export failed.");
        foreach (var gateway in used)
        {
            Sample($"sluice_trace_spans_dropped_total{{gateway=\"{gateway.Gateway}\",reason=\"no room\"}}", gateway.Spans.Dropped);
            Sample($"sluice_trace_spans_dropped_total{{gateway=\"{gateway.Gateway}\",reason=\"output failed\"}}", gateway.Spans.Lost);
        }

        var addresses = exporters.GroupBy(exporter => exporter.Address, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        Header("sluice_otlp_exports_total", "counter", "Messages that a collector of OTLP has taken.");
        foreach (var address in addresses)
            Sample($"sluice_otlp_exports_total{{collector=\"{address.Key}\"}}", address.Sum(exporter => exporter.Exports));
        Header("sluice_otlp_export_failures_total", "counter", "Messages that a collector of OTLP did not take; some are sent again.");
        foreach (var address in addresses)
            Sample($"sluice_otlp_export_failures_total{{collector=\"{address.Key}\"}}", address.Sum(exporter => exporter.Failures));
    }
}
