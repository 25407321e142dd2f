namespace Sluice.Proxy.Tests.Http2.Hpack;

/// <summary>Encodes with the code of RFC 7541 appendix B, bit by bit; from the lengths in the order of the symbols, as the appendix lists them.</summary>
internal static class ReferenceHuffman
{
    private static readonly int[] Lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    private static readonly uint[] Codes = MakeCodes();

    /// <param name="octets">What to encode; 256 stands for the end-of-string symbol.</param>
    public static byte[] Encode(params int[] octets)
    {
        var bits = new List<bool>();
        foreach (var octet in octets)
        {
            for (var bit = Lengths[octet] - 1; bit >= 0; bit--)
                bits.Add((Codes[octet] >> bit & 1) != 0);
        }

        while (bits.Count % 8 != 0)
            bits.Add(true);
        var bytes = new byte[bits.Count / 8];
        for (var i = 0; i < bits.Count; i++)
            bytes[i / 8] |= (byte)(bits[i] ? 0x80 >> i % 8 : 0);
        return bytes;
    }

    public static byte[] Encode(byte[] octets) => Encode([.. octets.Select(octet => (int)octet)]);

    private static uint[] MakeCodes()
    {
        var codes = new uint[Lengths.Length];
        uint next = 0;
        for (var length = 1; length <= 30; length++)
        {
            next <<= 1;
            for (var symbol = 0; symbol < Lengths.Length; symbol++)
            {
                if (Lengths[symbol] == length)
                    codes[symbol] = next++;
            }
        }

        return codes;
    }
}
