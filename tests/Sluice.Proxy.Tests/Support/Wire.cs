using System.Text;

namespace Sluice.Proxy.Tests.Support;

/// <summary>Octets as text: one character per octet, so that tests can write and print any byte.</summary>
internal static class Wire
{
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Printable form of octets: control characters as escapes, long texts cut in the middle.</summary>
    public static string Show(string text, int limit = 400)
    {
        var result = new StringBuilder();
        if (text.Length <= limit)
            Escape(text, result);
        else
        {
            Escape(text.AsSpan(0, limit / 2), result);
            result.Append($"…{text.Length - limit} more…");
            Escape(text.AsSpan(text.Length - limit / 2), result);
        }
        return result.ToString();
    }

    private static void Escape(ReadOnlySpan<char> text, StringBuilder into)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '\r' => into.Append("\\r"),
                '\n' => into.Append("\\n"),
                '\t' => into.Append("\\t"),
                '\\' => into.Append("\\\\"),
                < ' ' or (>= '\x7f' and <= '\xff') => into.Append($"\\x{(int)c:x2}"),
                _ => into.Append(c),
            };
        }
    }
}
