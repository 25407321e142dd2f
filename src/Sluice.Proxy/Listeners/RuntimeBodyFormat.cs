using System.Text;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Listeners;

/// <summary>A body with command operators, compiled. Shared by the workers.</summary>
internal sealed class RuntimeBodyFormat
{
    private readonly LogStep[] _steps;

    /// <exception cref="LogFormatException">The format is none.</exception>
    public RuntimeBodyFormat(AccessLogFormat format, string contentType, CapturePlan plan)
    {
        _steps = LogCompiler.Compile(format, plan);
        ContentType = Encoding.UTF8.GetBytes(contentType);
        Plan = plan;
    }

    public byte[] ContentType { get; }

    /// <summary>What must be known of a request.</summary>
    public CapturePlan Plan { get; }

    /// <summary>The body, valid until the worker writes another; empty when it is longer than <see cref="BodyFormat.MaxBytes"/>.</summary>
    public ReadOnlySpan<byte> Write(WorkerServices services, RequestRecord record)
    {
        var buffer = services.ReplyBody;
        var writer = new RecordWriter(buffer);
        LineWriter.Write(ref writer, _steps, record, services.ReplyValues(record.Listener?.Telemetry?.Gateway ?? ""));
        return writer.IsFull ? default : buffer.AsSpan(0, writer.Length);
    }
}
