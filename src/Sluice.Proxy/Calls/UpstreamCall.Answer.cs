using System.Buffers.Binary;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Calls;

/// <content>The answer, as it comes. Valid until the call is given back.</content>
internal sealed partial class UpstreamCall
{
    /// <summary>A larger buffer than this is not kept for the next call.</summary>
    private const int KeptBytes = 64 * 1024;

    private byte[] _body = new byte[512];
    private int _bodyLength;

    /// <summary>Of HTTP.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Of gRPC; <see cref="Grpc.GrpcStatus.Missing"/> when it was not said.</summary>
    public int GrpcStatus { get; private set; }

    /// <summary>Of an answer over HTTP.</summary>
    public ReceivedFields Fields { get; } = new();

    /// <summary>The body of an answer over HTTP; over gRPC its message.</summary>
    public ReadOnlySpan<byte> Body => IsGrpc ? _body.AsSpan(PrefixBytes, _bodyLength - PrefixBytes) : _body.AsSpan(0, _bodyLength);

    public void OnInterimResponse(ResponseHead head)
    {
    }

    public void OnResponseHead(ResponseHead head)
    {
        StatusCode = head.StatusCode;
        if (!IsGrpc)
        {
            Fields.Take(head);
            return;
        }

        // A status in the head is that of a call without a message.
        GrpcStatus = Grpc.GrpcStatus.Read(head);
        if (head.StatusCode != 200)
        {
            GrpcStatus = Grpc.GrpcStatus.OfHttp(head.StatusCode);
            Drop(CallOutcome.Refused);
        }
        else if (GrpcContentType.Read(GrpcFields.Find(head, "content-type"u8), out _) != GrpcProtocol.Grpc)
        {
            Drop(CallOutcome.Malformed);
        }
    }

    /// <summary>Nobody asked for a tunnel.</summary>
    public void OnSwitched() => Drop(CallOutcome.Malformed);

    public void OnResponseData(ReadOnlySpan<byte> data)
    {
        if (_bodyLength + (long)data.Length > _settings.MaxResponseBytes)
        {
            Drop(CallOutcome.TooLarge);
            return;
        }
        if (_body.Length - _bodyLength < data.Length)
            Array.Resize(ref _body, Math.Max(2 * _body.Length, _bodyLength + data.Length));
        data.CopyTo(_body.AsSpan(_bodyLength));
        _bodyLength += data.Length;
    }

    /// <summary>Never: there is nobody to pass the body to.</summary>
    public void OnResponseSpliced(int bytes)
    {
    }

    public void OnResponseEnd(FieldSection? trailers)
    {
        _upstream = null;
        if (!IsGrpc)
        {
            if (MayRetry(CallOutcome.Answered))
                Fail(CallOutcome.Answered);
            else
                Complete(CallOutcome.Answered);
            return;
        }
        if (trailers is not null)
            GrpcStatus = Grpc.GrpcStatus.Read(trailers);
        if (GrpcStatus == Grpc.GrpcStatus.Missing)
            Complete(CallOutcome.Malformed);
        else if (GrpcStatus != 0)
            Fail(CallOutcome.Refused);
        else
            Complete(IsOneMessage() ? CallOutcome.Answered : CallOutcome.Malformed);
    }

    // "Length-Prefixed-Message": not compressed, since nothing was said of compression.
    private bool IsOneMessage() =>
        _bodyLength >= PrefixBytes && _body[0] == 0 && BinaryPrimitives.ReadUInt32BigEndian(_body.AsSpan(1)) == (uint)(_bodyLength - PrefixBytes);

    private void ClearAnswer()
    {
        StatusCode = 0;
        GrpcStatus = Grpc.GrpcStatus.Missing;
        _bodyLength = 0;
        Fields.Clear();
        if (_body.Length > KeptBytes)
            _body = new byte[512];
    }
}
