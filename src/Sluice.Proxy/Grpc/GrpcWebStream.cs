using System.Buffers.Binary;
using System.Buffers.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Grpc;

/// <summary>
/// Translates one exchange between a gRPC-Web client and a gRPC backend ("PROTOCOL-WEB"). It stands between the exchange and the
/// client's side:
///
///   request   the content type changes, TE: trailers is added, the base64 of -web-text is decoded;
///   response  the content type changes back, the trailers become the last message of the body, whose flag has the highest bit
///             set, and everything is encoded for -web-text. A response that is not gRPC passes as it is.
///
/// Messages are not looked at: their flags and lengths pass through, and nothing waits to be complete. Belongs to one worker;
/// reused on a later turn.
/// </summary>
internal sealed partial class GrpcWebStream(Worker worker, int maxFields) : IDownstream
{
    private const byte TrailerFlag = 0x80;
    private const int PrefixBytes = 5;

    /// <summary>Bytes encoded in one go; a multiple of three, so that only the end of what is given is padded.</summary>
    private const int PieceBytes = 3 * 1024;

    private readonly RequestHead _requestHead = new(maxFields);
    private readonly ResponseHead _responseHead = new(maxFields);
    private IDownstream _inner = null!;
    private ByteQueue _bytes;
    private WebTextDecoder _decoder;
    private bool _isTextResponse;
    private bool _passes; // the response is not gRPC
    private bool _hasEnded; // the trailers have been written

    /// <summary>The body of the request is base64.</summary>
    public bool IsTextRequest { get; private set; }

    public bool CanTakeResponse => _inner.CanTakeResponse;

    public StreamConnection? SpliceTarget => null;

    public TlsSession? Tls => _inner.Tls;

    public ReadOnlySpan<byte> ClientAddress => _inner.ClientAddress;

    public int ClientPort => _inner.ClientPort;

    public StreamConnection Connection => _inner.Connection;

    public HttpProtocol Protocol => _inner.Protocol;

    /// <summary>Starts over for an exchange; <see cref="Translate(RequestHead)"/> follows.</summary>
    public void Begin(IDownstream inner, GrpcProtocol protocol)
    {
        _inner = inner;
        _decoder = default;
        _passes = _hasEnded = false;
        IsTextRequest = _isTextResponse = protocol == GrpcProtocol.WebText;
    }

    /// <summary>Decodes what fits of a request's body. False when it is no base64.</summary>
    public bool TryDecode(ReadOnlySpan<byte> text, Span<byte> target, out int consumed, out int written) =>
        _decoder.TryDecode(text, target, out consumed, out written);

    /// <summary>The base64 of the request has no end in the middle of a group.</summary>
    public bool IsRequestComplete => _decoder.IsComplete;

    public void SendInterim(Exchange exchange, ResponseHead head) => _inner.SendInterim(exchange, head);

    public bool TakesTunnel(ResponseHead head) => _inner.TakesTunnel(head);

    public void SendHead(Exchange exchange, ResponseHead head)
    {
        if (GrpcContentType.Read(GrpcFields.Find(head, "content-type"u8), out var suffix) != GrpcProtocol.Grpc)
        {
            _passes = true;
            _inner.SendHead(exchange, head);
            return;
        }

        // A head that is all there is carries the status: browsers would hide it from the page, so it goes where it always is.
        var endsHere = head.Framing == BodyFraming.None;
        _inner.SendHead(exchange, Translate(head, suffix, endsHere));
        _bytes.Clear(worker.Buffers);
        if (endsHere)
            WriteTrailers(head, onlyStatus: true);
    }

    public void SendData(ReadOnlySpan<byte> data)
    {
        if (_passes || !_isTextResponse)
        {
            _inner.SendData(data);
            return;
        }

        Span<byte> text = stackalloc byte[PieceBytes / 3 * 4];
        while (data.Length > 0)
        {
            var piece = Math.Min(data.Length, PieceBytes);
            Base64.EncodeToUtf8(data[..piece], text, out _, out var length);
            _inner.SendData(text[..length]);
            data = data[piece..];
        }
    }

    public void EndResponse(FieldSection? trailers)
    {
        if (_passes)
        {
            _inner.EndResponse(trailers);
            return;
        }

        if (!_hasEnded)
            WriteTrailers(trailers, onlyStatus: false);
        _inner.EndResponse(null);
    }

    /// <summary>An answer with a status of gRPC gets it into its body; any other passes.</summary>
    public void SendLocal(in LocalAnswer answer)
    {
        if (answer.GrpcStatus < 0)
        {
            _inner.SendLocal(answer);
            return;
        }

        Span<byte> frame = stackalloc byte[PrefixBytes + GrpcMessage.MaxBytes + 64];
        var length = ComposeTrailers(frame, answer.GrpcStatus, answer.GrpcMessage);
        Span<byte> text = stackalloc byte[(frame.Length + 2) / 3 * 4];
        ReadOnlySpan<byte> body = frame[..length];
        if (_isTextResponse)
        {
            Base64.EncodeToUtf8(body, text, out _, out length);
            body = text[..length];
        }

        _inner.SendLocal(new LocalAnswer
        {
            StatusCode = answer.StatusCode,
            ContentType = GrpcContentType.NameOf(_isTextResponse ? GrpcProtocol.WebText : GrpcProtocol.Web),
            Body = body,
            Edits = answer.Edits,
            Close = answer.Close,
        });
    }

    public void ResumeRequest() => _inner.ResumeRequest();

    public void AbortResponse() => _inner.AbortResponse();

    /// <summary>The trailers as the last message: the flag, the length, and lines as HTTP/1.1 has them.</summary>
    private void WriteTrailers(FieldSection? trailers, bool onlyStatus)
    {
        _hasEnded = true;
        _bytes.Append(worker.Buffers, [TrailerFlag, 0, 0, 0, 0]);
        var hasStatus = false;
        foreach (ref readonly var field in trailers is null ? default : trailers.Fields)
        {
            var name = trailers!.NameOf(field);
            var isStatus = GrpcFields.IsStatus(name);
            if (field.Known != KnownField.Other || (onlyStatus && !isStatus))
                continue;
            hasStatus |= isStatus;
            AppendLine(name, trailers.ValueOf(field));
        }

        if (!hasStatus)
            AppendLine("grpc-status"u8, "2"u8);
        unsafe
        {
            BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(_bytes.Pointer + 1, 4), _bytes.Length - PrefixBytes);
        }

        SendData(_bytes.Bytes);
        _bytes.Clear(worker.Buffers);
    }

    private void AppendLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var line = _bytes.Reserve(worker.Buffers, name.Length + value.Length + 4);
        for (var i = 0; i < name.Length; i++)
            line[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
        ": "u8.CopyTo(line[name.Length..]);
        value.CopyTo(line[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(line[(name.Length + 2 + value.Length)..]);
        _bytes.Commit(name.Length + value.Length + 4);
    }

    private static int ComposeTrailers(Span<byte> frame, int status, ReadOnlySpan<byte> message)
    {
        var writer = new Http1.HeadWriter(frame[PrefixBytes..]);
        writer.Write("grpc-status: "u8);
        writer.Write(status);
        writer.Write("\r\ngrpc-message: "u8);
        writer.Write(message);
        writer.WriteLineEnd();
        frame[0] = TrailerFlag;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], writer.Written.Length);
        return PrefixBytes + writer.Written.Length;
    }
}
