using System.Diagnostics;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Otlp;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Telemetry.Tracing;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// What one worker tells of the requests of one Gateway. A request's record is filled while it runs and written when it ends, straight
/// into the buffers that go to the drains: nothing is allocated once there are enough objects.
/// </summary>
internal sealed class WorkerTelemetry
{
    private const int KeptRecords = 256;

    private readonly RuntimeTelemetry _runtime;
    private readonly Worker _worker;
    private readonly RecordLane[] _logs;
    private readonly RecordLane? _spans;
    private readonly SpanWriter? _spanWriter;
    private readonly OperatorValues _values;
    private readonly Stack<RequestRecord> _free = new();
    private int _running;
    private bool _isRetired;

    public WorkerTelemetry(RuntimeTelemetry runtime, Worker worker, RecordCounters logs, RecordCounters spans)
    {
        _runtime = runtime;
        _worker = worker;
        _values = new OperatorValues(runtime.Gateway);
        TakesRelays = runtime.Logs.Exists(log => log.TakesRelays);
        _logs = [.. runtime.Logs.Select(log => new RecordLane(worker, log.Drain, log.Stream, logs))];
        for (var i = 0; i < _logs.Length; i++)
            runtime.Logs[i].Drain.Add([_logs[i]]);
        if (runtime.Tracing is not { } tracing)
            return;
        _spans = new RecordLane(worker, tracing.Drain, tracing.Stream, spans);
        _spanWriter = new SpanWriter(tracing, runtime.Gateway);
        tracing.Drain.Add([_spans]);
    }

    public CapturePlan Plan => _runtime.Plan;

    public RuntimeTracing? Tracing => _runtime.Tracing;

    /// <summary>Whether relayed connections are told of.</summary>
    public bool TakesRelays { get; }

    public bool HasLogs => _logs.Length > 0;

    /// <summary>A record that has begun now. <see cref="End"/> must follow.</summary>
    public RequestRecord Begin() => Begin(Stopwatch.GetTimestamp());

    /// <summary>A record that has begun just now.</summary>
    /// <param name="started">Timestamp of that.</param>
    public RequestRecord Begin(long started)
    {
        _running++;
        if (!_free.TryPop(out var record))
            record = new RequestRecord(_runtime.Plan);
        record.Reset();
        record.StartTicks = DateTime.UtcNow.Ticks;
        record.Started = started;
        return record;
    }

    /// <summary>Writes the record out; it is not to be used any more.</summary>
    public void End(RequestRecord record)
    {
        record.Ended = Stopwatch.GetTimestamp();
        for (var i = 0; i < _logs.Length; i++)
        {
            var log = _runtime.Logs[i];
            if ((!record.IsRelay || log.TakesRelays) && (log.Filter is null || log.Filter.Passes(record, _worker)))
                Write(log, _logs[i], record);
        }

        if (_spans is not null && record.Trace.IsSampled)
            WriteSpans(_spans, record);
        if (_free.Count < KeptRecords)
            _free.Push(record);
        _running--;
        if (_isRetired && _running == 0)
            Close();
    }

    /// <summary>Hands over what waits.</summary>
    public void Flush()
    {
        foreach (var lane in _logs)
            lane.Flush();
        _spans?.Flush();
    }

    /// <summary>No record begins any more; those that run are written still.</summary>
    public void Retire()
    {
        _isRetired = true;
        if (_running == 0)
            Close();
    }

    private void Close()
    {
        foreach (var lane in _logs)
            lane.Close();
        _spans?.Close();
    }

    private void Write(RuntimeAccessLog log, RecordLane lane, RequestRecord record)
    {
        while (true)
        {
            var space = lane.Reserve();
            if (!space.IsEmpty && TryWrite(log, space, record, out var length))
            {
                lane.Commit(length);
                return;
            }

            if (!space.IsEmpty && lane.TryMakeRoom())
                continue;
            lane.CountDropped();
            return;
        }
    }

    private bool TryWrite(RuntimeAccessLog log, Span<byte> space, RequestRecord record, out int length)
    {
        if (log.Otlp is { } otlp)
        {
            var message = new ProtobufWriter(space);
            otlp.Write(ref message, record, _values);
            length = message.Length;
            return !message.IsFull;
        }

        var line = new RecordWriter(space);
        LineWriter.Write(ref line, log.Steps, record, _values);
        length = line.Length;
        return !line.IsFull;
    }

    private void WriteSpans(RecordLane lane, RequestRecord record)
    {
        while (true)
        {
            var space = lane.Reserve();
            var writer = new ProtobufWriter(space);
            if (!space.IsEmpty)
                _spanWriter!.Write(ref writer, record);
            if (!space.IsEmpty && !writer.IsFull)
            {
                lane.Commit(writer.Length);
                return;
            }

            if (!space.IsEmpty && lane.TryMakeRoom())
                continue;
            lane.CountDropped();
            return;
        }
    }
}
