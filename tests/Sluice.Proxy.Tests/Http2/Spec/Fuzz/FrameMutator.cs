using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Fuzz;

/// <summary>Makes odd rows of frames odder. The same seed gives the same rows, so that a failure can be repeated from its seed.</summary>
internal sealed class FrameMutator(int seed, IReadOnlyList<Frame[]> corpus)
{
    private static readonly (string Name, string Value)[] Fields =
    [
        (":method", "GET"), (":method", "POST"), (":method", "CONNECT"), (":path", "/"), (":path", "/admin"), (":path", "/x/../admin"), (":path", "*"),
        (":scheme", "http"), (":authority", "a.test"), (":authority", "b.test"), (":authority", ""), (":protocol", "websocket"), (":status", "200"),
        ("host", "a.test"), ("host", "b.test"), ("content-length", "2"), ("content-length", "0"), ("transfer-encoding", "chunked"), ("te", "trailers"),
        ("connection", "close"), ("upgrade", "websocket"), ("expect", "100-continue"), ("cookie", "a=1"), ("cookie", "b=2"), ("x-a", "1\r\nx-b: 2"), ("x-a\n", "1"),
        ("X-A", "1"), ("x-a", "1"), ("x-a", ""), ("", ""), ("trailer", "x-sum"), ("x-forwarded-for", "10.0.0.1"), ("content-type", "application/grpc"),
    ];

    private static readonly FrameType[] Types = [.. Enum.GetValues<FrameType>(), (FrameType)0x16];

    private readonly Random _random = new(seed);

    public Frame[] Next()
    {
        var frames = Pick().ToList();
        for (var i = _random.Next(4); i >= 0; i--)
            Mutate(frames);
        return [.. frames];
    }

    /// <summary>Octets of a row of frames, some of them others.</summary>
    public byte[] NextBytes()
    {
        var bytes = Frame.ToBytes(Next()).ToList();
        for (var i = _random.Next(3); i >= 0 && bytes.Count > 0; i--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + _random.Next(12), bytes.Count - at));
                    break;
                default:
                    bytes[at] = (byte)_random.Next(256);
                    break;
            }
        }
        return [.. bytes];
    }

    private Frame[] Pick() => corpus[_random.Next(corpus.Count)];

    private void Mutate(List<Frame> frames)
    {
        if (frames.Count == 0)
        {
            frames.AddRange(Pick());
            return;
        }

        var at = _random.Next(frames.Count);
        var frame = frames[at];
        switch (_random.Next(12))
        {
            case 0:
                frames.RemoveAt(at);
                break;
            case 1:
                frames.Insert(_random.Next(frames.Count + 1), frame);
                break;
            case 2:
                frames.InsertRange(at, Pick());
                break;
            case 3:
                frames.AddRange(Pick().Select(other => other.StreamId == 0 ? other : other with { StreamId = other.StreamId + 2 }));
                break;
            case 4:
                frames[at] = frame with { Flags = frame.Flags ^ (FrameFlags)(1 << _random.Next(6)) };
                break;
            case 5:
                frames[at] = frame with { StreamId = _random.Next(8) };
                break;
            case 6:
                frames[at] = frame with { Type = Types[_random.Next(Types.Length)] };
                break;
            case 7 or 8 when frame.Type == FrameType.Headers:
                frames[at] = frame with { Payload = Insert(frame.Payload, Field()) };
                break;
            case 9 when frame.Type == FrameType.Headers:
                frames[at] = frame with { Payload = FieldBlock.Of(Enumerable.Range(0, 3 + _random.Next(5)).Select(_ => Fields[_random.Next(Fields.Length)])) };
                break;
            case 10 when frame.Payload.Length > 1:
                var cut = _random.Next(frame.Payload.Length);
                frames[at] = frame with { Payload = frame.Payload[..cut], Flags = frame.Flags & ~FrameFlags.EndHeaders };
                frames.Insert(at + 1, new Frame(FrameType.Continuation, FrameFlags.EndHeaders, frame.StreamId, frame.Payload[cut..]));
                break;
            default:
                frames[at] = frame with { Payload = Flip(frame.Payload) };
                break;
        }
    }

    private byte[] Field()
    {
        var (name, value) = Fields[_random.Next(Fields.Length)];
        return _random.Next(4) switch
        {
            0 => FieldBlock.Literal(0x40, name, value, huffman: true),
            1 => FieldBlock.Literal(0x10, name, value),
            2 => FieldBlock.Indexed(_random.Next(70)),
            _ => FieldBlock.Literal(0x00, name, value),
        };
    }

    /// <summary>Before or behind the others: in between, a block could hardly be decoded.</summary>
    private byte[] Insert(byte[] block, byte[] field) => _random.Next(2) == 0 ? [.. field, .. block] : [.. block, .. field];

    private byte[] Flip(byte[] payload)
    {
        if (payload.Length == 0)
            return Wire.Bytes("flip");
        var flipped = payload.ToArray();
        flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
        return flipped;
    }
}
