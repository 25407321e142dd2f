using System.Buffers.Binary;

namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// Finds the ClientHello at the beginning of a connection (RFC 8446 4.1.2), which may come in any number of segments and of records
/// (5.1). What was looked at is not looked at again, however small the pieces are.
/// </summary>
internal struct ClientHelloReader
{
    private const int RecordHeaderSize = 5;
    private const int MessageHeaderSize = 4;
    private const int MaxRecord = 16 * 1024;
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;

    private int _next; // Where the next record begins.
    private int _records;
    private int _read; // Bytes of the message in the records before.
    private uint _header; // Of the message, as far as it has been seen.

    /// <summary>Looks at everything that has come so far.</summary>
    /// <param name="bytes">From the beginning of the connection.</param>
    /// <param name="limit">Bytes that it may have.</param>
    public ClientHelloStatus Read(ReadOnlySpan<byte> bytes, int limit)
    {
        while (true)
        {
            var record = bytes[_next..];
            if (record.Length > 0 && record[0] != HandshakeRecord)
                return _records == 0 ? ClientHelloStatus.NotTls : ClientHelloStatus.Malformed;
            if (record.Length > 1 && record[1] != 3)
                return _records == 0 ? ClientHelloStatus.NotTls : ClientHelloStatus.Malformed;
            if (record.Length < RecordHeaderSize)
                return Wait(bytes, limit);
            var length = BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
            if (length is 0 or > MaxRecord)
                return ClientHelloStatus.Malformed;
            if (record.Length < RecordHeaderSize + length)
                return Wait(bytes, limit);
            for (var i = 0; i < length && _read + i < MessageHeaderSize; i++)
                _header = (_header << 8) | record[RecordHeaderSize + i];
            _read += length;
            _records++;
            _next += RecordHeaderSize + length;
            if (_read < MessageHeaderSize)
                continue;
            if (_header >> 24 != ClientHelloMessage)
                return ClientHelloStatus.Malformed;
            var size = MessageHeaderSize + (int)(_header & 0xffffff);
            if (size > limit)
                return ClientHelloStatus.TooLarge;
            if (_read >= size)
                return ClientHelloStatus.Complete;
        }
    }

    /// <summary>The body of the message, after <see cref="Read"/> has found it complete.</summary>
    /// <param name="bytes">The same bytes.</param>
    /// <param name="scratch">For a message in more than one record; as large as the limit.</param>
    public readonly ReadOnlySpan<byte> Message(ReadOnlySpan<byte> bytes, Span<byte> scratch)
    {
        var size = (int)(_header & 0xffffff);
        if (_records == 1)
            return bytes.Slice(RecordHeaderSize + MessageHeaderSize, size);
        var copied = 0;
        for (var at = 0; at < _next;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 3)..]);
            var fragment = bytes.Slice(at + RecordHeaderSize, Math.Min(length, MessageHeaderSize + size - copied));
            fragment.CopyTo(scratch[copied..]);
            copied += fragment.Length;
            at += RecordHeaderSize + length;
        }

        return scratch.Slice(MessageHeaderSize, size);
    }

    private static ClientHelloStatus Wait(ReadOnlySpan<byte> bytes, int limit) =>
        bytes.Length >= limit ? ClientHelloStatus.TooLarge : ClientHelloStatus.NeedMore;
}
