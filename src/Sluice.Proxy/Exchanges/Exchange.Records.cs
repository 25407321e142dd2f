using System.Diagnostics;
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

    /// <summary>Whether each attempt is a span of its own.</summary>
    private bool HasAttemptSpans => _record is { Trace.IsSampled: true } && _telemetry!.Tracing!.SpawnsAttempts;

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
    private void EndRecord()
    {
        var record = _record!;
        var telemetry = _telemetry!;
        record.Listener = Listener;
        record.Cluster = _cluster?.Cluster;
        record.Endpoint = _endpoint;
        if (record.AttemptSpans.Count > 0)
            record.AttemptSpans.End(Stopwatch.GetTimestamp(), null);
        _record = null;
        _telemetry = null;
        telemetry.End(record);
    }

    /// <summary>The response's head is about to go to the client.</summary>
    private void NoteResponse(RequestRecord record, ResponseHead head)
    {
        record.ResponseStarted = Stopwatch.GetTimestamp();
        record.Details = ResponseDetails.ViaUpstream;
        record.Failure = null;
        record.Take(head, ResponseEdits);
    }

    /// <summary>The proxy answers itself.</summary>
    private void NoteAnswer(RequestRecord record, in LocalAnswer answer)
    {
        record.Take(answer);
        record.BytesSent = IsHead ? 0 : answer.Body.Length;
        if (record.Details == ResponseDetails.None)
            record.Details = ResponseDetails.DirectResponse;
    }

    /// <summary>Something out of the ordinary. What is said last explains the response.</summary>
    private void Note(ResponseFlags flags, ResponseDetails details)
    {
        if (_record is not { } record)
            return;
        record.Flags |= flags;
        record.Details = details;
    }

    /// <summary>No endpoint took the request.</summary>
    private void NoteUnreachable()
    {
        if (_record is not { } record)
            return;
        if (_cluster!.EndpointCount == 0)
            Note(ResponseFlags.UH, ResponseDetails.NoHealthyUpstream);
        else
            Note(ResponseFlags.UF, record.Details is ResponseDetails.ConnectTimeout or ResponseDetails.TlsFailure ? record.Details : ResponseDetails.ConnectFailure);
    }

    /// <summary>An attempt has failed; whether the request has is not said yet, so there is no flag.</summary>
    private void NoteFailure(UpstreamFailure failure)
    {
        if (_record is not { } record)
            return;
        record.Failure = failure;
        record.Details = failure switch
        {
            UpstreamFailure.Connect => ResponseDetails.ConnectFailure,
            UpstreamFailure.ConnectTimeout => ResponseDetails.ConnectTimeout,
            UpstreamFailure.Reset => ResponseDetails.UpstreamReset,
            UpstreamFailure.Protocol => ResponseDetails.UpstreamProtocolError,
            UpstreamFailure.ResponseTimeout => ResponseDetails.ResponseTimeout,
            UpstreamFailure.RequestTimeout => ResponseDetails.RequestTimeout,
            UpstreamFailure.AttemptTimeout => ResponseDetails.AttemptTimeout,
            UpstreamFailure.WebSocketUnsupported => ResponseDetails.WebSocketUnsupported,
            UpstreamFailure.Truncated => ResponseDetails.UpstreamTruncated,
            _ => ResponseDetails.TlsFailure,
        };
        if (record.AttemptSpans.Count > 0)
            record.AttemptSpans.End(Stopwatch.GetTimestamp(), failure);
    }

    /// <summary>The failure that <see cref="NoteFailure"/> was told is the response's.</summary>
    private void NoteFailed(UpstreamFailure failure, RequestFate fate)
    {
        if (_record is not { } record)
            return;
        record.Flags |= failure switch
        {
            UpstreamFailure.Reset when fate is RequestFate.Sent or RequestFate.Stale or RequestFate.Answered => _cluster!.Protocol == Configuration.UpstreamProtocol.Http2 ? ResponseFlags.UR : ResponseFlags.UC,
            UpstreamFailure.Reset => ResponseFlags.UR,
            UpstreamFailure.Truncated => ResponseFlags.UC,
            UpstreamFailure.Protocol or UpstreamFailure.WebSocketUnsupported => ResponseFlags.UPE,
            UpstreamFailure.ResponseTimeout or UpstreamFailure.RequestTimeout or UpstreamFailure.AttemptTimeout => ResponseFlags.UT,
            _ => ResponseFlags.UF,
        };
    }

    /// <summary>An endpoint was chosen for the next attempt.</summary>
    private void BeginAttempt(WorkerEndpoint endpoint)
    {
        var record = _record!;
        record.Attempts++;
        if (!HasAttemptSpans)
            return;

        // The head of the first attempt was composed with its span; those of later ones are changed.
        if (record.Attempts > 1)
            record.WireSpan = Worker.Random.Next64() | 1;
        record.AttemptSpans.Begin(record.WireSpan, endpoint, Stopwatch.GetTimestamp());
    }

    /// <summary>The context for backends: below the request's span, or below the first attempt's.</summary>
    private TraceContext OutgoingTrace()
    {
        var trace = _trace;
        if (HasAttemptSpans)
            trace.Span = _record!.WireSpan = Worker.Random.Next64() | 1;
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
