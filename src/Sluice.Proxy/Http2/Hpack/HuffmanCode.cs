namespace Sluice.Proxy.Http2.Hpack;

/// <summary>
/// The Huffman code of HPACK (RFC 7541 5.2 and appendix B), decoding only. The code is canonical: within one length, codes
/// ascend with their symbols, and every longer code is above every shorter one. The symbols of each length therefore say all.
/// </summary>
internal static class HuffmanCode
{
    private const int LongestCode = 30;
    private const int EndOfString = 256;

    /// <summary>Symbols by the length of their code in bits.</summary>
    private static readonly (int Length, int[] Symbols)[] Symbols =
    [
        (5, Chars("012aceiost")),
        (6, Chars(" %-./3456789=A_bdfghlmnpru")),
        (7, Chars(":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz")),
        (8, Chars("&*,;XZ")),
        (10, Chars("!\"()?")),
        (11, Chars("'+|")),
        (12, Chars("#>")),
        (13, Chars("\0$@[]~")),
        (14, Chars("^}")),
        (15, Chars("<`{")),
        (19, [92, 195, 208]),
        (20, [128, 130, 131, 162, 184, 194, 224, 226]),
        (21, [153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230]),
        (22, [129, 132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190, 196, 198, 228, 232, 233]),
        (23, [1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180, 182, 183, 188, 191, 197, 231, 239]),
        (24, [9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237]),
        (25, [199, 207, 234, 235]),
        (26, [192, 193, 200, 201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255]),
        (27, [203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245, 246, 247, 248, 250, 251, 252, 253, 254]),
        (28, [2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220, 249]),
        (30, [10, 13, 22, EndOfString]),
    ];

    /// <summary>For codes of up to eight bits: length in the upper byte, symbol in the lower, by the next eight bits; 0 for longer codes.</summary>
    private static readonly ushort[] Short = MakeShort();

    /// <summary>For longer codes, by length: the first code that is too long, left-aligned in 32 bits, and where its symbols begin.</summary>
    private static readonly (int Length, uint End, uint First, int[] Symbols)[] Long = MakeLong();

    /// <summary>The most bytes that so many coded bytes can become: five bits make one.</summary>
    public static int MaxDecoded(int codedLength) => ((codedLength * 8) / 5) + 1;

    /// <summary>
    /// Decodes a whole string and returns its length. -1 when it is invalid: the end-of-string symbol inside, or padding that is
    /// longer than seven bits or not all ones (RFC 7541 5.2).
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> coded, Span<byte> target)
    {
        ulong bits = 0;
        var count = 0;
        var position = 0;
        var written = 0;
        var table = Short;
        while (true)
        {
            while (count <= 56 && position < coded.Length)
            {
                bits |= (ulong)coded[position++] << (56 - count);
                count += 8;
            }

            int entry = table[(int)(bits >> 56)];
            var length = entry >> 8;
            var symbol = entry & 0xff;
            if (entry == 0)
                length = FindLong((uint)(bits >> 32), out symbol);
            if (length > count)
                break;
            if (symbol == EndOfString)
                return -1;
            target[written++] = (byte)symbol;
            bits <<= length;
            count -= length;
        }

        // What is left is padding: the beginning of the end-of-string symbol.
        return count < 8 && bits == ~(ulong.MaxValue >> count) ? written : -1;
    }

    private static int FindLong(uint bits, out int symbol)
    {
        foreach (ref readonly var row in Long.AsSpan())
        {
            if (bits < row.End || row.Length == LongestCode)
            {
                symbol = row.Symbols[(bits - row.First) >> (32 - row.Length)];
                return row.Length;
            }
        }

        throw new InvalidOperationException("unreachable: the longest codes end the code space");
    }

    private static ushort[] MakeShort()
    {
        var table = new ushort[256];
        foreach (var (length, first, symbols) in Rows())
        {
            for (var i = 0; length <= 8 && i < symbols.Length; i++)
            {
                var start = (int)((first >> 24) + ((uint)i << (8 - length)));
                table.AsSpan(start, 1 << (8 - length)).Fill((ushort)((length << 8) | symbols[i]));
            }
        }

        return table;
    }

    private static (int Length, uint End, uint First, int[] Symbols)[] MakeLong()
    {
        var rows = new List<(int, uint, uint, int[])>();
        foreach (var (length, first, symbols) in Rows())
        {
            if (length > 8)
                rows.Add((length, first + ((uint)symbols.Length << (32 - length)), first, symbols));
        }

        return [.. rows];
    }

    /// <summary>With the first code of each length, left-aligned.</summary>
    private static IEnumerable<(int Length, uint First, int[] Symbols)> Rows()
    {
        uint next = 0;
        foreach (var (length, symbols) in Symbols)
        {
            yield return (length, next, symbols);
            next += (uint)symbols.Length << (32 - length);
        }
    }

    private static int[] Chars(string text)
    {
        var symbols = new int[text.Length];
        for (var i = 0; i < text.Length; i++)
            symbols[i] = text[i];
        return symbols;
    }
}
