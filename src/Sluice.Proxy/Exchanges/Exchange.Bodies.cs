using Sluice.Proxy.Bodies;
using Sluice.Proxy.Bodies.Compression;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Buffering;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// What a rule does with messages and their bodies (<see cref="BodyRules"/>). The request: decompressed as it comes, then collected and
/// edited before anything is forwarded. The response: collected and edited before the client gets anything, then compressed as it goes.
/// Each of the four may be missing; a rule without any has no <see cref="BodyWork"/>, which costs its exchanges a comparison. Tunnels and
/// calls of a GRPCRoute have no bodies that end: only their heads are edited.
/// </content>
internal sealed partial class Exchange
{
    private BodyWork? _bodies;

    /// <summary>More of the request's body may come: it is collected, or the backend takes what is decompressed.</summary>
    private bool CanTakeBody => _bodies!.IsCollecting || (_bodies.Pending.Length == 0 && CanUpstreamTake);

    /// <summary>Only what a GRPCRoute serves: anybody may say of a request that it is gRPC.</summary>
    private bool IsGrpcStream => _grpc != GrpcProtocol.None && _entry!.Rule.Source.IsGrpc;

    private bool CanUpstreamTake => _upstream is null ? !_isWaiting && !_isFiltering : _upstream.CanTakeRequest;

    /// <summary>Bytes of a request, head included, that may be kept for another attempt. What was collected is kept whole.</summary>
    private long ReplayLimit => _bodies is null ? _services.Limits.ReplayBytes : Math.Max(_services.Limits.ReplayBytes, _bodies.CollectedBytes + _keptHead);

    /// <summary>Goes on with a request that is let through. The exchange may be over when it returns, or wait for the body.</summary>
    private void Proceed(RuntimeEntry entry, RequestHead head, PortTable table)
    {
        if (entry.Rule.Bodies is not { } rules)
        {
            Perform(entry.Rule.Action, entry, head, table);
            return;
        }

        var work = _bodies = _services.RentBodies();
        work.Begin(this, entry, table, _downstream!.Tls is not null);
        work.Request.Take(head);
        head = work.Request.Head;
        var isStream = head.IsWebSocketUpgrade || IsGrpcStream;
        var hasBody = !RequestEnded && !isStream;
        if (!isStream && rules.Compression is { } compression)
            work.Coding = compression.Choose(work.Request);
        if (hasBody && rules.Decompression is { } decompression && !TryDecompress(work, decompression))
        {
            RefuseBody(BodyFault.NoMemory);
            return;
        }

        var collects = !isStream && (rules.MaxRequestBytes >= 0 || rules.Request is { NeedsBody: true });
        if (!collects)
        {
            if (rules.Request is not null && rules.Request.Apply(new BodyMessage(work, isResponse: false, hasBody: false)) == BodyVerdict.Failed)
                RefuseBody(BodyFault.Failed);
            else
                Perform(entry.Rule.Action, entry, head, table);
            return;
        }

        var max = rules.MaxRequestBytes >= 0 ? rules.MaxRequestBytes : _services.Limits.TransformedBodyBytes;
        work.Body.Begin(max);
        if (!hasBody)
        {
            ForwardCollected(work, null, isNew: true);
            return;
        }

        if (head.ContentLength > max)
        {
            RefuseBody(BodyFault.TooLarge);
            return;
        }

        work.IsCollecting = true;
        StartClockEarly(head);
        if (head.ExpectsContinue)
        {
            // The backend that could say it hears of the request only when its body is here (RFC 9110 10.1.1).
            work.Response.TakeContinue();
            _downstream.SendInterim(this, work.Response.Head);
        }
    }

    private static bool TryDecompress(BodyWork work, DecompressionRule rule)
    {
        if (rule.CodingOf(work.Request) is not { } coding)
            return true;
        if (!work.TryDecompress(coding, rule))
            return false;
        work.Request.Remove("content-encoding"u8);
        work.Request.Head.Framing = BodyFraming.Chunked;
        work.Request.Head.ContentLength = -1;
        return true;
    }

    /// <summary>Something of the body has come.</summary>
    private void TakeBody(ReadOnlySpan<byte> data)
    {
        var work = _bodies!;
        if (work.RequestFilter is null)
        {
            Collect(work, data);
            return;
        }

        work.AddPending(data);
        Pump(work);
    }

    /// <summary>The body has come to its end.</summary>
    private void EndBody(FieldSection? trailers)
    {
        var work = _bodies!;
        work.HasRequestEnded = true;
        if (trailers is not null)
        {
            work.HasTrailers = true;
            work.Trailers.Take(trailers);
        }

        if (work.RequestFilter is null || Pump(work))
            FinishBody(work);
    }

    /// <summary>The backend may take more: first what waits here, then what the client has.</summary>
    private void ResumeBody()
    {
        var work = _bodies!;
        if (work.RequestFilter is not null && Pump(work) && work.HasRequestEnded)
            FinishBody(work);
        else if (_bodies == work && !work.HasRequestEnded && CanTakeBody)
            _downstream!.ResumeRequest();
    }

    /// <summary>
    /// Decompresses what has come, as far as it is taken. True when all of it is: what was given and, at the body's end, what it became.
    /// False when something waits, or the exchange is over.
    /// </summary>
    private bool Pump(BodyWork work)
    {
        var filter = work.RequestFilter!;
        while (work.IsCollecting || CanUpstreamTake)
        {
            var isEnding = work.HasRequestEnded && work.Pending.Length == 0;
            int consumed = 0, written;
            var isFine = isEnding ? filter.TryFinish(work.Output, out written) : filter.TryFilter(work.Pending, work.Output, out consumed, out written);
            if (!isFine)
            {
                RefuseBody(filter.Fault);
                return false;
            }

            work.DropPending(consumed);
            if (written > 0)
            {
                if (work.IsCollecting)
                    Collect(work, work.Output[..written]);
                else
                    TakeRequestData(work.Output[..written]);
                if (_bodies != work)
                    return false;
            }

            if (consumed == 0 && written == 0)
            {
                if (work.Pending.Length == 0)
                    return true;

                // Octets behind the end of what was compressed.
                RefuseBody(BodyFault.Malformed);
                return false;
            }
        }

        return false;
    }

    private void Collect(BodyWork work, ReadOnlySpan<byte> data)
    {
        if (work.Body.Append(data) is not BodyFault.None and var fault)
            RefuseBody(fault);
    }

    private void FinishBody(BodyWork work)
    {
        work.EndRequestFilter();
        var trailers = work.HasTrailers ? work.Trailers.Fields : null;
        if (work.IsCollecting)
            ForwardCollected(work, trailers, isNew: false);
        else
            EndRequest(trailers);
    }

    /// <summary>The request is here whole: edits it and sends it on. <c>isNew</c>: it came without a body.</summary>
    private void ForwardCollected(BodyWork work, FieldSection? trailers, bool isNew)
    {
        work.IsCollecting = false;
        if (work.Rules.Request is { } edit && edit.Apply(new BodyMessage(work, isResponse: false, hasBody: true)) == BodyVerdict.Failed)
        {
            RefuseBody(BodyFault.Failed);
            return;
        }

        var body = work.Body.Detach(out var taken);
        if (!isNew || body.Length > 0)
            work.Request.SetLength(body.Length, trailers is not null);
        work.CollectedBytes = body.Length;
        RequestEnded = body.Length == 0 && trailers is null;
        Perform(work.Entry.Rule.Action, work.Entry, work.Request.Head, work.Table);

        // The answer may have been there at once.
        if (_bodies == work && !RequestEnded)
        {
            if (body.Length > 0)
                TakeRequestData(body.Bytes);
            if (_bodies == work)
                EndRequest(trailers);
        }

        body.Clear(Worker.Buffers);
        _services.BodyBudget.GiveBack(taken);
    }

    /// <summary>The request cannot go on as it is.</summary>
    private void RefuseBody(BodyFault fault)
    {
        NoteFault(fault);
        var upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        if (_responseStarted)
            Abort(ExchangeEnd.BadRequest);
        else if (fault == BodyFault.TooLarge && _filters is not null && _entry!.Rule.Bodies is { MaxRequestBytes: >= 0 })
            Deny(BufferFilter.Denial, BufferFilter.FilterName, FilterStage.Route);
        else
            Answer(fault switch { BodyFault.TooLarge => 413, BodyFault.Malformed => 400, BodyFault.NoMemory => 503, _ => 500 }, ExchangeEnd.BadRequest);
    }

    /// <summary>The response has begun. False when it passes as it is; otherwise it is dealt with, and the exchange may be over.</summary>
    private bool TakeResponse(ResponseHead head)
    {
        var work = _bodies!;
        var edit = work.Rules.Response;
        if (head.StatusCode == 101 || (edit is null && work.Rules.Compression is null))
            return false;
        work.Response.Take(head, _basis);
        if (edit is { NeedsBody: true } && !IsHead && !IsGrpcStream && ResponseDraft.AllowsBody(head.StatusCode))
        {
            // Nothing is tried again from here on: the backend has answered.
            StopKeeping();
            EndRetrying();
            _retry = null;
            work.Body.Begin(_services.Limits.TransformedBodyBytes);
            work.IsHolding = true;
            if (head.ContentLength > _services.Limits.TransformedBodyBytes)
                FailResponse(BodyFault.TooLarge);
            return true;
        }

        if (edit is not null && edit.Apply(new BodyMessage(work, isResponse: true, hasBody: false)) == BodyVerdict.Failed)
        {
            FailResponse(BodyFault.Failed);
            return true;
        }

        // The length that a HEAD is told would be that of a body that is not changed.
        if (IsHead && edit is { NeedsBody: true })
            work.Response.Head.ContentLength = -1;
        work.IsDropping = head.Framing != BodyFraming.None && work.Response.Head.Framing == BodyFraming.None;
        StartEdited(work);
        return true;
    }

    /// <summary>Something of a response has come that is held or compressed.</summary>
    private void TakeResponseBody(ReadOnlySpan<byte> data)
    {
        var work = _bodies!;
        if (work.IsHolding)
        {
            if (work.Body.Append(data) is not BodyFault.None and var fault)
                FailResponse(fault);
            return;
        }

        if (!work.IsDropping)
            Compress(work, data);
    }

    /// <summary>The response has come to its end. False when the exchange is over.</summary>
    private bool EndResponseBody(FieldSection? trailers)
    {
        var work = _bodies!;
        if (work.IsHolding && !Release(work, trailers))
            return false;
        if (work.ResponseFilter is { } filter)
        {
            int written;
            do
            {
                filter.TryFinish(work.Output, out written);
                Send(work.Output[..written]);
            }
            while (written > 0);
            work.EndResponseFilter();
        }

        return true;
    }

    /// <summary>Edits a response that is here whole, and begins it.</summary>
    private bool Release(BodyWork work, FieldSection? trailers)
    {
        work.IsHolding = false;
        var body = work.Body;
        if (work.Rules.Response!.Apply(new BodyMessage(work, isResponse: true, hasBody: true)) == BodyVerdict.Failed)
        {
            // The backend's side is done, and somebody else's already.
            _upstream = null;
            FailResponse(BodyFault.Failed);
            return false;
        }

        var length = ResponseDraft.AllowsBody(work.Response.Head.StatusCode) ? body.Length : 0;
        if (ResponseDraft.AllowsBody(work.Response.Head.StatusCode))
            work.Response.SetLength(length, trailers is not null);
        StartEdited(work);
        if (work.ResponseFilter is not null)
            Compress(work, body.Bytes[..length]);
        else if (length > 0)
            Send(body.Bytes[..length]);
        body.Clear();
        return true;
    }

    /// <summary>Begins a response whose head was edited: the rule's edits are in it already.</summary>
    private void StartEdited(BodyWork work)
    {
        if (work.Rules.Compression is { } rule && !IsHead && !IsGrpcStream && rule.Applies(work.Response))
        {
            CompressionRule.AddVary(work.Response);
            if (work.Coding is { } coding && work.TryCompress(coding))
                CompressionRule.Announce(work.Response, coding);
        }

        UseEdits(HeaderEdits.None);
        StartResponse(work.Response.Head);
    }

    private void Compress(BodyWork work, ReadOnlySpan<byte> data)
    {
        var filter = work.ResponseFilter!;
        int written;
        do
        {
            filter.TryFilter(data, work.Output, out var consumed, out written);
            data = data[consumed..];
            Send(work.Output[..written]);
        }
        while (data.Length > 0 || written > 0);
        work.NoteUnflushed();
    }

    /// <summary>No more of the response has come for a moment: the client gets what the encoder has.</summary>
    public void FlushResponse()
    {
        if (_bodies is not { ResponseFilter: { } filter } work || _downstream is null)
            return;
        int written;
        do
        {
            filter.Flush(work.Output, out written);
            Send(work.Output[..written]);
        }
        while (written == work.Output.Length);
    }

    private void Send(ReadOnlySpan<byte> data)
    {
        if (data.Length == 0)
            return;
        CountSent(data.Length);
        if (_throttle is null)
            _downstream!.SendData(data);
        else
            _throttle.Take(data);
    }

    /// <summary>The response cannot be given to the client as it should be. Nothing of it has been said yet.</summary>
    private void FailResponse(BodyFault fault)
    {
        NoteFault(fault);
        var upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        Answer(fault switch { BodyFault.TooLarge => 502, BodyFault.NoMemory => 503, _ => 500 }, ExchangeEnd.UpstreamProtocol);
    }

    /// <summary>An answer that the configuration holds goes the way of a backend's. False when nothing changes it.</summary>
    private bool EditAnswer(in LocalAnswer answer, ExchangeEnd end)
    {
        var work = _bodies!;
        if ((work.Rules.Response is null && work.Rules.Compression is null) || end is not (ExchangeEnd.DirectResponse or ExchangeEnd.Redirect))
            return false;
        work.Response.Take(answer, _services.Date, _basis);
        work.Body.Begin(int.MaxValue);
        if (!IsHead && work.Body.Append(answer.Body) is not BodyFault.None and var fault)
        {
            FailResponse(fault);
            return true;
        }

        work.Response.SetLength(answer.Body.Length, hasTrailers: false);
        var hasBody = !IsHead && ResponseDraft.AllowsBody(answer.StatusCode);
        if (work.Rules.Response is { } edit && edit.Apply(new BodyMessage(work, isResponse: true, hasBody)) == BodyVerdict.Failed)
        {
            FailResponse(BodyFault.Failed);
            return true;
        }

        if (hasBody && ResponseDraft.AllowsBody(work.Response.Head.StatusCode))
            work.Response.SetLength(work.Body.Length, hasTrailers: false);
        else
            work.Response.Head.Framing = BodyFraming.None;
        StartEdited(work);
        if (work.Response.Head.Framing != BodyFraming.None)
        {
            if (work.ResponseFilter is not null)
                Compress(work, work.Body.Bytes);
            else
                Send(work.Body.Bytes);
        }

        EndResponseBody(null);
        var downstream = _downstream!;
        End(end);
        downstream.EndResponse(null);
        return true;
    }

    private void NoteFault(BodyFault fault)
    {
        _services.Metrics.CountBodyFault(fault);
        _record?.Details = fault switch
        {
            BodyFault.TooLarge => ResponseDetails.BodyTooLarge,
            BodyFault.Malformed => ResponseDetails.MalformedBody,
            BodyFault.NoMemory => ResponseDetails.BodyNotHeld,
            _ => ResponseDetails.TransformationFailed,
        };
    }

    private void EndBodies()
    {
        var work = _bodies!;
        _bodies = null;
        work.End();
        _services.Return(work);
    }
}
