using System.Buffers.Binary;
using System.Text;

namespace Sluice.Conformance.Traffic;

/// <summary>
/// The messages of GrpcEcho. EchoRequest is empty; EchoResponse { assertions = 1 { method = 1, headers = 2 { key = 1, value = 2 },
/// authority = 3, context = 4 { namespace = 1, ingress = 2, service = 3, pod = 4 }, tls = 5 { serverName = 3 } } }.
/// </summary>
internal static class GrpcMessage
{
    private const int PrefixBytes = 5;
    private const int LengthDelimited = 2;

    /// <summary>An empty message behind its prefix (flag, 32-bit length).</summary>
    public static byte[] Empty => new byte[PrefixBytes];

    /// <exception cref="FormatException">It is not one whole uncompressed message of this form.</exception>
    public static SeenRequest Parse(byte[] body)
    {
        if (body.Length < PrefixBytes || body[0] != 0 || BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)) != body.Length - PrefixBytes)
            throw new FormatException($"the answer's {body.Length} bytes are not one uncompressed gRPC message");
        string method = "", authority = "", space = "", pod = "";
        string? serverName = null;
        var headers = new FieldList();
        foreach (var (assertions, _) in Fields(body.AsMemory(PrefixBytes), 1))
        {
            foreach (var (value, number) in Fields(assertions))
            {
                switch (number)
                {
                    case 1:
                        method = Text(value);
                        break;
                    case 2:
                        headers.Add(Text(First(value, 1)), Text(First(value, 2)));
                        break;
                    case 3:
                        authority = Text(value);
                        break;
                    case 4:
                        space = Text(First(value, 1));
                        pod = Text(First(value, 4));
                        break;
                    case 5:
                        serverName = Text(First(value, 3));
                        break;
                }
            }
        }
        return new SeenRequest(method, authority, "POST", "HTTP/2.0", space, pod, headers) { ServerName = serverName };
    }

    private static string Text(ReadOnlyMemory<byte> value) => Encoding.UTF8.GetString(value.Span);

    private static ReadOnlyMemory<byte> First(ReadOnlyMemory<byte> message, int number) => Fields(message, number).FirstOrDefault().Value;

    private static IEnumerable<(ReadOnlyMemory<byte> Value, int Number)> Fields(ReadOnlyMemory<byte> message, int number) =>
        Fields(message).Where(field => field.Number == number);

    private static IEnumerable<(ReadOnlyMemory<byte> Value, int Number)> Fields(ReadOnlyMemory<byte> message)
    {
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            if ((tag & 7) != LengthDelimited)
                throw new FormatException($"field {tag >> 3} has wire type {tag & 7}");
            var length = Varint(ref message);
            if (length > message.Length)
                throw new FormatException($"field {tag >> 3} is longer than its message");
            yield return (message[..length], tag >> 3);
            message = message[length..];
        }
    }

    private static int Varint(ref ReadOnlyMemory<byte> message)
    {
        var value = 0;
        for (var shift = 0; shift < 32; shift += 7)
        {
            if (message.Length == 0)
                break;
            var next = message.Span[0];
            message = message[1..];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw new FormatException("a number does not end");
    }
}
