using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Grpc;

/// <content>
/// Heads, made anew in a buffer of their own: a field that differs has no room where the head came in. They live as long as the
/// one that was given.
/// </content>
internal sealed partial class GrpcWebStream
{
    private const int MaxContentType = 64;

    /// <summary>The request as a backend of gRPC wants it. Valid until <see cref="ReleaseHead"/>; null when it has too many fields.</summary>
    public unsafe RequestHead? Translate(RequestHead head)
    {
        var target = _requestHead;
        target.Clear();
        target.MethodSlice = Append(head.Method);
        target.AuthoritySlice = Append(head.Authority);
        target.PathSlice = Append(head.Path);
        target.QuerySlice = Append(head.Query);
        target.IsHead = target.IsWebSocketUpgrade = false;
        target.IsIdempotent = head.IsIdempotent;
        target.ExpectsContinue = head.ExpectsContinue;
        target.Nominated = default;
        target.Framing = head.Framing;
        target.ContentLength = head.ContentLength;
        if (IsTextRequest && head.Framing != BodyFraming.None)
        {
            target.Framing = BodyFraming.Chunked;
            target.ContentLength = -1;
        }

        var isWhole = true;
        Span<byte> contentType = stackalloc byte[MaxContentType];
        foreach (ref readonly var field in head.Fields)
        {
            var name = head.NameOf(field);
            if (field.Known == KnownField.TE || head.Nominated.Contains(head, name))
                continue;
            if (Is(field, name, "accept"u8))
                _isTextResponse = AcceptsText(head.ValueOf(field));
            isWhole &= Is(field, name, "content-type"u8)
                ? TryAdd(target, name, ContentType(GrpcProtocol.Grpc, head.ValueOf(field), contentType), field)
                : TryAdd(target, name, head.ValueOf(field), field);
        }

        isWhole &= TryAdd(target, "te"u8, "trailers"u8, new Field { Known = KnownField.TE });
        target.Buffer = _bytes.Pointer;
        return isWhole ? target : null;
    }

    public void ReleaseHead() => _bytes.Clear(worker.Buffers);

    private unsafe ResponseHead Translate(ResponseHead head, ReadOnlySpan<byte> suffix, bool endsHere)
    {
        var target = _responseHead;
        target.Clear();
        target.StatusCode = head.StatusCode;
        target.ReasonSlice = Append(head.Reason);
        target.Framing = BodyFraming.Chunked;
        target.ContentLength = -1;
        target.IsWebSocketUpgrade = false;
        target.Nominated = default;
        Span<byte> contentType = stackalloc byte[MaxContentType];
        foreach (ref readonly var field in head.Fields)
        {
            var name = head.NameOf(field);
            if (head.Nominated.Contains(head, name) || (endsHere && GrpcFields.IsStatus(name)))
                continue;

            // There is room: the table is as large as the one that the head came in.
            if (!Is(field, name, "content-type"u8))
                TryAdd(target, name, head.ValueOf(field), field);
            else
                TryAdd(target, name, ContentType(_isTextResponse ? GrpcProtocol.WebText : GrpcProtocol.Web, suffix, contentType), field);
        }

        target.Buffer = _bytes.Pointer;
        return target;
    }

    // With "+proto" and the like, if it has any and there is room; what is longer no client understands.
    private static ReadOnlySpan<byte> ContentType(GrpcProtocol protocol, ReadOnlySpan<byte> suffixOrValue, Span<byte> buffer)
    {
        var suffix = suffixOrValue;
        if (suffix.Length > 0 && suffix[0] != '+')
            GrpcContentType.Read(suffixOrValue, out suffix);
        var name = GrpcContentType.NameOf(protocol);
        if (name.Length + suffix.Length > buffer.Length)
            return name;
        name.CopyTo(buffer);
        suffix.CopyTo(buffer[name.Length..]);
        return buffer[..(name.Length + suffix.Length)];
    }

    private bool TryAdd(FieldSection target, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in Field like) => target.TryAdd(new Field
    {
        NameOffset = Append(name).Offset,
        NameLength = (ushort)name.Length,
        ValueOffset = Append(value).Offset,
        ValueLength = value.Length,
        Known = like.Known,
        NeverIndexed = like.NeverIndexed,
    });

    private Slice Append(ReadOnlySpan<byte> bytes)
    {
        var slice = new Slice(_bytes.Length, bytes.Length);
        _bytes.Append(worker.Buffers, bytes);
        return slice;
    }

    private bool AcceptsText(ReadOnlySpan<byte> accept) => GrpcContentType.Read(accept, out _) switch
    {
        GrpcProtocol.WebText => true,
        GrpcProtocol.Web => false,
        _ => _isTextResponse,
    };

    private static bool Is(in Field field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        field.Known == KnownField.Other && name.Length == other.Length && Ascii.EqualsIgnoreCase(name, other);
}
