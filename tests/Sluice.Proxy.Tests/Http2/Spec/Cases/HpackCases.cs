using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Hpack;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Field blocks that cannot be decoded: each ends the connection (RFC 9113 4.3, RFC 7541 2.3.3 to 6.3).</summary>
internal static class HpackCases
{
    private const int EndOfString = 256;

    private static readonly byte[] Request = FieldBlock.Request("GET", "/");

    public static IEnumerable<SpecCase> All { get; } =
    [
        Block("hpack/2.3.3", "an indexed field beyond both tables", [.. Request, .. FieldBlock.Indexed(70)]),
        Block("hpack/2.3.3", "a literal whose name is beyond both tables", [.. Request, .. FieldBlock.Literal(0x40, 70, "x")]),
        Block("hpack/4.2", "a size update behind a field", [.. Request, .. FieldBlock.SizeUpdate(1)]),
        Block("hpack/5.2", "Huffman padding of more than seven bits", [.. Request, .. Coded([.. ReferenceHuffman.Encode("x"u8.ToArray()), 0xff])]),
        Block("hpack/5.2", "Huffman padding of zeros", [.. Request, .. Coded(PaddedByZeros)]),
        Block("hpack/5.2", "an end-of-string symbol in a string", [.. Request, .. Coded(ReferenceHuffman.Encode('x', EndOfString))]),
        Block("hpack/6.1", "an indexed field of index 0", [.. Request, .. FieldBlock.Indexed(0)]),
        Block("hpack/6.3", "a size update above SETTINGS_HEADER_TABLE_SIZE", [.. FieldBlock.SizeUpdate(4097), .. Request]),
    ];

    /// <summary>"a" has five bits, 00011; three zeros follow, where ones must stand.</summary>
    private static byte[] PaddedByZeros => [0b00011_000];

    private static SpecCase Block(string key, string sentence, byte[] block) =>
        new(key, sentence, [Headers(1, block)], ConnectionError(Http2Error.CompressionError));

    /// <summary>A field x-a whose value is Huffman-coded as given.</summary>
    private static byte[] Coded(byte[] value) => [0x00, .. FieldBlock.Text("x-a"), (byte)(0x80 | value.Length), .. value];
}
