using System.Text;

namespace Sluice.Proxy.Http2.Hpack;

/// <summary>The fields that every HPACK endpoint knows (RFC 7541 appendix A), at index 1 to 61.</summary>
internal static class HpackStaticTable
{
    public const int Count = 61;

    private static readonly byte[][] Names = new byte[Count + 1][];
    private static readonly byte[][] Values = new byte[Count + 1][];

    /// <summary>The first index of every index's name: fields of one name are all known by it.</summary>
    private static readonly byte[] FirstIndexes = new byte[Count + 1];

    /// <summary>First indexes by the length of their name.</summary>
    private static readonly byte[][] ByLength = new byte[28][];

    static HpackStaticTable()
    {
        ReadOnlySpan<string> text =
        [
            ":authority", "", ":method", "GET", ":method", "POST", ":path", "/", ":path", "/index.html", ":scheme", "http",
            ":scheme", "https", ":status", "200", ":status", "204", ":status", "206", ":status", "304", ":status", "400",
            ":status", "404", ":status", "500", "accept-charset", "", "accept-encoding", "gzip, deflate", "accept-language", "",
            "accept-ranges", "", "accept", "", "access-control-allow-origin", "", "age", "", "allow", "", "authorization", "",
            "cache-control", "", "content-disposition", "", "content-encoding", "", "content-language", "", "content-length", "",
            "content-location", "", "content-range", "", "content-type", "", "cookie", "", "date", "", "etag", "", "expect", "",
            "expires", "", "from", "", "host", "", "if-match", "", "if-modified-since", "", "if-none-match", "", "if-range", "",
            "if-unmodified-since", "", "last-modified", "", "link", "", "location", "", "max-forwards", "",
            "proxy-authenticate", "", "proxy-authorization", "", "range", "", "referer", "", "refresh", "", "retry-after", "",
            "server", "", "set-cookie", "", "strict-transport-security", "", "transfer-encoding", "", "user-agent", "", "vary", "",
            "via", "", "www-authenticate", "",
        ];

        Names[0] = Values[0] = [];
        for (var length = 0; length < ByLength.Length; length++)
            ByLength[length] = [];
        for (var index = 1; index <= Count; index++)
        {
            var name = text[(index - 1) * 2];
            Names[index] = Encoding.ASCII.GetBytes(name);
            Values[index] = Encoding.ASCII.GetBytes(text[((index - 1) * 2) + 1]);
            var isFirst = Names[index - 1].AsSpan().SequenceEqual(Names[index]) is false;
            FirstIndexes[index] = isFirst ? (byte)index : FirstIndexes[index - 1];
            if (isFirst)
                ByLength[name.Length] = [.. ByLength[name.Length], (byte)index];
        }
    }

    public static ReadOnlySpan<byte> Name(int index) => Names[index];

    public static ReadOnlySpan<byte> Value(int index) => Values[index];

    public static int FirstIndex(int index) => FirstIndexes[index];

    /// <summary>The first index of a name, in any case; 0 when the table lacks it.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        if (name.Length >= ByLength.Length)
            return 0;
        foreach (var index in ByLength[name.Length])
        {
            if (Ascii.EqualsIgnoreCase(name, Names[index]))
                return index;
        }

        return 0;
    }
}
