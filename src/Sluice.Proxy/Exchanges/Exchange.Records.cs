using System.Diagnostics;
using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Telemetry.Tracing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// What is remembered for access logs and spans. An exchange whose Gateway has neither has no record, which costs it one comparison
/// wherever something would be noted.
/// </content>
internal sealed partial class Exchange
{
    private WorkerTelemetry? _telemetry;
    private RequestRecord? _record;
    private TraceContext _trace; // Of the request, when it is traced at all.
    private ulong _keptSpan; // The span that the kept head names.

    private void BeginRecord(WorkerTelemetry telemetry, RequestHead head)
    {
        if (telemetry.Tracing is { } tracing)
        {
            _trace = tracing.Sampler.Begin(head, Worker.Random);

            // Of most requests nothing is told but the context, to the backend.
            if (!telemetry.HasLogs && !_trace.IsSampled)
                return;
        }

        var record = telemetry.Begin(_started);
        _telemetry = telemetry;
        _record = record;
        record.Take(head);
        ClientFacts.Take(record, _downstream!);
        record.IsGrpc = IsGrpc;
        if (RequestEnded)
            record.RequestEnded = record.Started;
        record.Trace = _trace;
        record.WireSpan = _trace.Span;
    }

    /// <summary>The exchange is over.</summary>
    private void EndRecord(ExchangeEnd end)
    {
        var record = _record!;
        var telemetry = _telemetry!;
        Describe(record, end);
        EndAttempt(null);
        _record = null;
        _telemetry = null;
        telemetry.End(record);
    }

    /// <summary>Where the request went, and what became of it.</summary>
    private void Describe(RequestRecord record, ExchangeEnd end)
    {
        record.Listener = Listener;
        record.Entry = _entry;
        record.Cluster = _cluster?.Cluster;
        record.Endpoint = _endpoint;
        record.StatusCode = _statusCode;
        record.BytesReceived = _receivedBytes;
        record.BytesSent = _sentBytes;
        record.Attempts = _attempts;
        record.Failure = end == ExchangeEnd.Response ? null : _failure;
        RecordEnds.Explain(record, end, _cluster?.Protocol == UpstreamProtocol.Http2);
    }

    /// <summary>The response's head is about to go to the client.</summary>
    private void NoteResponse(RequestRecord record, ResponseHead head)
    {
        record.ResponseStarted = Stopwatch.GetTimestamp();
        record.Take(head, ResponseEdits);
    }

    /// <summary>The client's side answers, if it still can: its request is not what it should be.</summary>
    private void NoteRefused(RequestRecord record, HttpError error)
    {
        var isSlow = error == HttpError.BodyTimeout;
        record.Flags |= isSlow ? ResponseFlags.SI : ResponseFlags.DPE;
        record.Details = isSlow ? ResponseDetails.Idle : ResponseDetails.MalformedBody;
        if (!_responseStarted)
            _statusCode = HttpErrors.StatusCode(error);
    }

    /// <summary>An endpoint was chosen for the next attempt.</summary>
    private void BeginAttempt(RequestRecord record, WorkerEndpoint endpoint)
    {
        if (!HasAttemptSpans(record))
            return;

        // The head of the first attempt was composed with its span; those of later ones are changed.
        if (_attempts > 1)
            record.WireSpan = Worker.Random.Next64() | 1;
        record.AttemptSpans.Begin(record.WireSpan, endpoint, Stopwatch.GetTimestamp());
    }

    private void EndAttempt(UpstreamFailure? failure)
    {
        if (_record is { AttemptSpans.Count: > 0 } record)
            record.AttemptSpans.End(Stopwatch.GetTimestamp(), failure);
    }

    /// <summary>Whether each attempt is a span of its own.</summary>
    private bool HasAttemptSpans(RequestRecord record) => record.Trace.IsSampled && _telemetry!.Tracing!.SpawnsAttempts;

    /// <summary>The context for backends: below the request's span, or below the first attempt's.</summary>
    private TraceContext OutgoingTrace()
    {
        var trace = _trace;
        if (_record is not null && HasAttemptSpans(_record))
            trace.Span = _record.WireSpan = Worker.Random.Next64() | 1;
        return trace;
    }

    /// <summary>
    /// Names another span in a head that was composed before. Digits are digits in every protocol, and those of a span are by chance
    /// nowhere else.
    /// </summary>
    private static unsafe void ReplaceSpan(in ByteQueue bytes, int length, ulong before, ulong now)
    {
        if (before == now || before == 0)
            return;
        Span<byte> old = stackalloc byte[16];
        Span<byte> next = stackalloc byte[16];
        TraceContext.WriteHex(before, old);
        TraceContext.WriteHex(now, next);
        var rest = new Span<byte>(bytes.Pointer, length);
        for (var at = rest.IndexOf(old); at >= 0; at = rest.IndexOf(old))
        {
            next.CopyTo(rest[at..]);
            rest = rest[(at + 16)..];
        }
    }
}
