using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Exporter.Rendering;

/// <summary>Texts of JSON documents that may hold bytes which are no UTF-8: each of these becomes U+FFFD.</summary>
internal static class JsonText
{
    /// <summary>Writes a text, number or boolean as the value of a label; false for anything else, of which nothing is written.</summary>
    public static bool TryAppendLabelValue(ByteBuffer target, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AppendEscaped(target, JsonMarshal.GetRawUtf8Value(value)[1..^1]);
                return true;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                target.Append(JsonMarshal.GetRawUtf8Value(value));
                return true;
            default:
                return false;
        }
    }

    public static string NameOf(JsonProperty property) => Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>"" for what is no text.</summary>
    public static string StringOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? Decode(JsonMarshal.GetRawUtf8Value(value)[1..^1]) : "";

    /// <param name="target">Gets the text.</param>
    /// <param name="raw">Between the quotes of JSON.</param>
    private static void AppendEscaped(ByteBuffer target, ReadOnlySpan<byte> raw)
    {
        // Control characters, quotes and backslashes are escaped in JSON: without a backslash there is nothing to escape.
        if (!raw.Contains((byte)'\\') && Utf8.IsValid(raw))
        {
            target.Append(raw);
            return;
        }

        foreach (var value in Encoding.UTF8.GetBytes(Decode(raw)))
        {
            if (value is (byte)'\\' or (byte)'"')
                target.Append((byte)'\\');
            if (value == (byte)'\n')
                target.Append("\\n"u8);
            else
                target.Append(value);
        }
    }

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                decoded.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u')
            {
                decoded.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            decoded.Append(text[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => text[i],
            });
        }

        return decoded.ToString();
    }
}
