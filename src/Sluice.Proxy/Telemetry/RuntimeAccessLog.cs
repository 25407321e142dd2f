using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Otlp;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry;

/// <summary>An access log, compiled. Shared by the workers.</summary>
internal sealed class RuntimeAccessLog
{
    /// <exception cref="LogFormatException">Format or filter cannot be used.</exception>
    public RuntimeAccessLog(AccessLog source, CapturePlan plan, TelemetryOutputs outputs, string gateway)
    {
        Filter = source.Filter is { } filter ? RecordFilter.Compile(filter, plan) : null;
        if (source.Sink is OtlpLogSink sink)
        {
            Otlp = new OtlpLogWriter(source.Format, sink, plan);
            Drain = outputs.Exporter(sink.Provider);
            Stream = new OtlpStream { Gateway = gateway, Signal = OtlpSignal.Logs, Resource = OtlpResource.Encode(gateway, sink.Provider.ServiceName, outputs.Version) };
        }
        else
        {
            Steps = LogCompiler.Compile(source.Format, plan);
            Drain = outputs.File(((FileLogSink)source.Sink).Path);
            Stream = new LineStream { Gateway = gateway };
        }

        TakesRelays = FormatsOf(source).Any(HasConnection);
    }

    public RecordFilter? Filter { get; }

    public RecordDrain Drain { get; }

    public RecordStream Stream { get; }

    /// <summary>Of a line; empty when records go out by OTLP.</summary>
    public LogStep[] Steps { get; } = [];

    /// <summary>Null for lines.</summary>
    public OtlpLogWriter? Otlp { get; }

    /// <summary>The format says something of a connection that is relayed.</summary>
    public bool TakesRelays { get; }

    private static IEnumerable<LogSegment> FormatsOf(AccessLog source) =>
        source.Format.Type == AccessLogFormatType.Text ? FormatParser.Parse(source.Format.Value) : SegmentsOf(JsonFormatParser.Parse(source.Format.Value));

    private static IEnumerable<LogSegment> SegmentsOf(FormatNode node) => node switch
    {
        FormatText text => text.Segments,
        FormatObject members => members.Members.SelectMany(member => SegmentsOf(member.Value)),
        FormatList list => list.Items.SelectMany(SegmentsOf),
        _ => [],
    };

    private static bool HasConnection(LogSegment segment) => segment.Operator is
        LogOperator.BytesReceived or LogOperator.BytesSent or LogOperator.UpstreamHost or LogOperator.UpstreamCluster or
        LogOperator.DownstreamRemoteAddress or LogOperator.DownstreamRemoteAddressWithoutPort or LogOperator.DownstreamLocalAddress or
        LogOperator.RequestedServerName or LogOperator.ConnectionId;
}
