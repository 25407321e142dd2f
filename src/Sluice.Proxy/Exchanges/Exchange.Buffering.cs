using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters.Buffering;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Requests that are taken in whole before they are served, up to the limit of the rule: nothing reaches a backend of one that is
/// larger, or never comes to its end.
/// </content>
internal sealed partial class Exchange
{
    private ByteQueue _buffered;
    private bool _isBuffering;

    private void BeginBuffering(RequestHead head)
    {
        Hold(head);
        _isBuffering = true;
        StartClockEarly(head);

        // There is no backend yet that could say it (RFC 9110 10.1.1).
        if (head.ExpectsContinue)
            SendContinue();
        _held!.Head.ExpectsContinue = false;
    }

    private void Buffer(ReadOnlySpan<byte> data)
    {
        if (_buffered.Length + (long)data.Length > _filters!.MaxRequestBytes)
        {
            // The filter that has set the limit refuses.
            _filters.Deny(BufferFilter.Denial);
            Deny(BufferFilter.Denial, BufferFilter.FilterName, FilterStage.Route);
            return;
        }

        _buffered.Append(Worker.Buffers, data);
    }

    /// <summary>The body is complete: the request is served, and gets what was kept. False when the exchange is over.</summary>
    private bool EndBuffering(FieldSection? trailers)
    {
        _isBuffering = false;
        var context = _filters;
        var head = _held!.Head;
        if (head.Framing == BodyFraming.Chunked && trailers is null && _grpc == GrpcProtocol.None)
        {
            // Its length is known now.
            head.Framing = _buffered.Length == 0 ? BodyFraming.None : BodyFraming.Length;
            head.ContentLength = _buffered.Length;
        }

        Serve(_entry!, head, _table!);
        if (!ReferenceEquals(_filters, context))
            return false;
        var body = _buffered;
        _buffered = default;
        if (body.Length > 0)
            PassRequestData(body.Bytes);
        body.Clear(Worker.Buffers);
        return ReferenceEquals(_filters, context);
    }

    private unsafe void SendContinue()
    {
        var head = _services.ResponseHead;
        head.Clear();
        head.StatusCode = 100;
        var reason = "Continue"u8;
        fixed (byte* text = reason)
        {
            head.Buffer = text;
            head.ReasonSlice = new Slice(0, reason.Length);
            _downstream!.SendInterim(this, head);
        }
    }

    private void DropBuffered()
    {
        _isBuffering = false;
        _buffered.Clear(Worker.Buffers);
    }
}
