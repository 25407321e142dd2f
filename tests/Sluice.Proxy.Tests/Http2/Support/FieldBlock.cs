using Sluice.Proxy.Tests.Http2.Hpack;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>Field blocks (RFC 7541 6) of whatever octets: literals without indexing and without Huffman coding, unless told otherwise.</summary>
internal static class FieldBlock
{
    public static byte[] Of(params IEnumerable<(string Name, string Value)> fields) => [.. fields.SelectMany(field => Literal(0x00, field.Name, field.Value))];

    /// <summary>The pseudo-fields of a request to a.test, then others.</summary>
    public static byte[] Request(string method, string path, params IEnumerable<(string Name, string Value)> fields) =>
        Of([(":method", method), (":scheme", "http"), (":path", path), (":authority", "a.test"), .. fields]);

    /// <param name="form">First octet: 0x00 without indexing, 0x10 never indexed, 0x40 with indexing.</param>
    /// <param name="name">Octets.</param>
    /// <param name="value">Octets.</param>
    /// <param name="huffman">Whether both are Huffman-coded.</param>
    public static byte[] Literal(byte form, string name, string value, bool huffman = false) => [form, .. Text(name, huffman), .. Text(value, huffman)];

    /// <summary>A literal whose name is that of an entry of the tables.</summary>
    public static byte[] Literal(byte form, int nameIndex, string value, bool huffman = false) =>
        [.. Integer(form, form == 0x40 ? 6 : 4, nameIndex), .. Text(value, huffman)];

    public static byte[] Indexed(int index) => Integer(0x80, 7, index);

    /// <summary>A dynamic table size update (RFC 7541 6.3).</summary>
    public static byte[] SizeUpdate(int size) => Integer(0x20, 5, size);

    public static byte[] Text(string text, bool huffman = false)
    {
        var octets = huffman ? ReferenceHuffman.Encode(Wire.Bytes(text)) : Wire.Bytes(text);
        return [.. Integer((byte)(huffman ? 0x80 : 0), 7, octets.Length), .. octets];
    }

    public static byte[] Integer(byte first, int prefix, int value)
    {
        var max = (1 << prefix) - 1;
        if (value < max)
            return [(byte)(first | value)];
        var bytes = new List<byte> { (byte)(first | max) };
        for (value -= max; value >= 128; value >>= 7)
            bytes.Add((byte)(0x80 | value & 0x7f));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
