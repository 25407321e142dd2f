using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>Writes log records as OTLP has them (logs.proto, LogRecord), each as a field of ScopeLogs.</summary>
internal sealed class OtlpLogWriter
{
    private const int RecordField = 2;
    private const int Info = 9;
    private const int Error = 17;
    private const int LogAttributes = 6;

    private readonly LogStep[] _body;
    private readonly OtlpAttribute _attributes;

    /// <exception cref="LogFormatException">The format or an attribute is none.</exception>
    public OtlpLogWriter(AccessLogFormat format, OtlpLogSink sink, CapturePlan plan)
    {
        _body = LogCompiler.Compile(format with { Value = format.Value.TrimEnd('\n') }, plan);
        if (format.Type == AccessLogFormatType.Json)
            _body = WithoutLineFeed(_body);
        _attributes = new OtlpAttribute(JsonFormatParser.Parse(sink.Attributes), plan);
    }

    public void Write(ref ProtobufWriter writer, RequestRecord record, OperatorValues values)
    {
        var log = writer.Begin(RecordField);
        var time = (ulong)((record.StartTicks - DateTime.UnixEpoch.Ticks) * 100);
        writer.Fixed64(1, time);
        var isError = record.StatusCode >= 500;
        writer.Number(2, isError ? Error : Info);
        writer.Bytes(3, isError ? "ERROR"u8 : "INFO"u8);
        WriteBody(ref writer, record, values);
        foreach (var (name, value) in _attributes.Members)
            OtlpAttribute.WriteMember(ref writer, LogAttributes, name, value, record, values);
        if (record.Trace.IsPresent)
        {
            Span<byte> id = stackalloc byte[16];
            record.Trace.CopyTraceId(id);
            writer.Fixed32(8, record.Trace.IsSampled ? 1u : 0);
            writer.Bytes(9, id);
            writer.BigEndian(10, record.Trace.Span);
        }

        writer.Fixed64(11, time);
        writer.End(log);
    }

    private void WriteBody(ref ProtobufWriter writer, RequestRecord record, OperatorValues values)
    {
        var body = writer.Begin(5);
        var text = writer.Begin(1);
        if (!writer.IsFull)
        {
            var line = new RecordWriter(writer.Free);
            LineWriter.Write(ref line, _body, record, values);
            if (line.IsFull)
                writer.NoteFull();
            else
                writer.Advance(line.Length);
        }

        writer.End(text);
        writer.End(body);
    }

    private static LogStep[] WithoutLineFeed(LogStep[] steps)
    {
        var last = steps[^1];
        return [.. steps[..^1], new LogStep { Operator = last.Operator, Form = last.Form, Literal = last.Literal[..^1] }];
    }
}
