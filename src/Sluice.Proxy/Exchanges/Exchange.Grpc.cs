using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// What requests of gRPC get besides: errors of the proxy as a status of gRPC, grpc-timeout as a deadline, a count of the
/// backend's statuses, and for gRPC-Web the translation, which stands between the exchange and the client's side.
/// </content>
internal sealed partial class Exchange
{
    private GrpcProtocol _grpc;
    private GrpcWebStream? _web;
    private int _grpcStatus; // of the response's head

    public bool IsGrpc => _grpc != GrpcProtocol.None;

    /// <summary>grpc-timeout was given.</summary>
    public bool HasDeadline { get; private set; }

    /// <summary>A request of gRPC-Web that a GRPCRoute takes, as its backend understands it; null when it was answered.</summary>
    private RequestHead? BeginWeb(RequestHead head)
    {
        BeginWebAnswers();
        if (_web!.Translate(head) is { } translated)
            return translated;
        Answer(431, ExchangeEnd.BadRequest);
        return null;
    }

    /// <summary>From now on answers are those of gRPC-Web.</summary>
    private void BeginWebAnswers()
    {
        if (_web is not null)
            return;
        _web = _services.RentGrpcWeb();
        _web.Begin(_downstream!, _grpc);
        _downstream = _web;
    }

    /// <summary>The client does not wait longer than grpc-timeout says, so neither does anybody else; the rule's own limit may be shorter.</summary>
    private void LimitByGrpcTimeout(RequestHead head)
    {
        if (HasDeadline || !GrpcTimeout.TryRead(GrpcFields.Find(head, "grpc-timeout"u8), out var milliseconds))
            return;
        HasDeadline = true;
        var deadline = Worker.Now + milliseconds;
        if (_requestDeadline > 0 && _requestDeadline <= deadline)
            return;
        _requestDeadline = deadline;
        SetTimer();
    }

    /// <summary>Decodes a body of application/grpc-web-text.</summary>
    private void TakeText(ReadOnlySpan<byte> text)
    {
        var web = _web!;
        Span<byte> data = stackalloc byte[3 * 1024];
        while (text.Length > 0)
        {
            if (!web.TryDecode(text, data, out var consumed, out var length))
            {
                RefuseBody();
                return;
            }

            if (length > 0)
                TakeRequestData(data[..length]);
            if (_web != web)
                return; // the exchange is over
            text = text[consumed..];
        }
    }

    /// <summary>The request's body is not what its content type says.</summary>
    private void RefuseBody()
    {
        var upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        if (_responseStarted)
            Abort(ExchangeEnd.BadRequest);
        else
            Answer(400, ExchangeEnd.BadRequest);
    }

    /// <summary>
    /// An error as gRPC has it ("Responses", Trailers-Only): HTTP has nothing to complain about, the status stands in the head.
    /// </summary>
    private void AnswerGrpc(int status, ReadOnlySpan<byte> text, ExchangeEnd end)
    {
        Span<byte> message = stackalloc byte[GrpcMessage.MaxBytes];
        var length = GrpcMessage.Write(text, message);
        CountGrpc(status);
        OnResponse(200);
        if (_explains)
            AddExplanation(end);
        var edits = ResponseEdits;
        var server = ServerHeader;
        var downstream = _downstream!;
        End(end);
        downstream.SendLocal(new LocalAnswer
        {
            StatusCode = 200,
            ContentType = GrpcContentType.NameOf(GrpcProtocol.Grpc),
            GrpcStatus = status,
            GrpcMessage = message[..length],
            Edits = edits,
            Server = server,
        });
    }

    private void CountGrpc(int status)
    {
        if (_record is not null && status <= GrpcStatus.Last)
            _record.GrpcStatus = status;
        Listener?.Metrics?.For(Worker).CountGrpc(status);
    }

    private void EndGrpc()
    {
        _grpc = GrpcProtocol.None;
        HasDeadline = false;
        if (_web is null)
            return;
        _services.Return(_web);
        _web = null;
    }
}
