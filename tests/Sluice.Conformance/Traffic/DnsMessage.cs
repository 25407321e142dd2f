using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Sluice.Conformance.Traffic;

/// <summary>The little of DNS (RFC 1035 section 4) that asking for one address and answering it takes.</summary>
internal static class DnsMessage
{
    private const int HeaderBytes = 12;
    private const int QuestionTail = 4;
    private const ushort TypeA = 1;
    private const ushort ClassInternet = 1;
    private const ushort RecursionDesired = 0x0100;
    private const ushort Response = 0x8000;
    private const ushort NameOfQuestion = 0xc000 | HeaderBytes;

    /// <summary>A query for the addresses (A) of a name.</summary>
    public static byte[] Query(ushort id, string name)
    {
        var labels = name.TrimEnd('.').Split('.');
        var message = new byte[HeaderBytes + labels.Sum(label => 1 + label.Length) + 1 + QuestionTail];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), 1);
        var at = HeaderBytes;
        foreach (var label in labels)
        {
            message[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, message.AsSpan(at));
        }
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 1), TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 3), ClassInternet);
        return message;
    }

    /// <summary>An answer to a query with one address; null for what is no query with one question.</summary>
    public static byte[]? Answer(ReadOnlySpan<byte> query, IPAddress address)
    {
        if (QuestionEnd(query) is not { } end || (BinaryPrimitives.ReadUInt16BigEndian(query[2..]) & Response) != 0)
            return null;
        var message = new byte[end + 16];
        query[..end].CopyTo(message);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), Response | RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), 1);
        message.AsSpan(8, 4).Clear();
        var record = message.AsSpan(end);
        BinaryPrimitives.WriteUInt16BigEndian(record, NameOfQuestion);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(record[4..], ClassInternet);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], 4);
        address.GetAddressBytes().CopyTo(record[12..]);
        return message;
    }

    /// <summary>A response to the query: any code, any records.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> message, ushort id) =>
        message.Length >= HeaderBytes && BinaryPrimitives.ReadUInt16BigEndian(message) == id && (BinaryPrimitives.ReadUInt16BigEndian(message[2..]) & Response) != 0;

    /// <summary>Where the one question ends.</summary>
    private static int? QuestionEnd(ReadOnlySpan<byte> query)
    {
        if (query.Length < HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1)
            return null;
        var at = HeaderBytes;
        while (at < query.Length && query[at] is > 0 and < 64)
            at += 1 + query[at];
        return at < query.Length && query[at] == 0 && at + 1 + QuestionTail <= query.Length ? at + 1 + QuestionTail : null;
    }
}
