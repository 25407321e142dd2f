using System.Text;
using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>Functions of the standard library on strings, and those of the strings extension that make one string of one.</summary>
internal static class TextFunctions
{
    public static IEnumerable<CelOverload> All { get; } =
    [
        .. Both("size", CelType.String, Int, static (in a, in _, in _, frame) => frame.ChargeText(a.Length) ? CelValue.Of((long)Utf8Text.CountOf(a.Span)) : CelErrors.Exhausted),
        .. Both("size", CelType.Bytes, Int, static (in a, in _, in _, _) => CelValue.Of((long)a.Length)),
        Method("contains", [CelType.String, CelType.String], Bool, static (in a, in b, in _, frame) => frame.ChargeText(a.Length + (4L * b.Length)) ? CelValue.Of(a.Span.IndexOf(b.Span) >= 0) : CelErrors.Exhausted),
        Method("startsWith", [CelType.String, CelType.String], Bool, static (in a, in b, in _, frame) => frame.ChargeText(b.Length) ? CelValue.Of(a.Span.StartsWith(b.Span)) : CelErrors.Exhausted),
        Method("endsWith", [CelType.String, CelType.String], Bool, static (in a, in b, in _, frame) => frame.ChargeText(b.Length) ? CelValue.Of(a.Span.EndsWith(b.Span)) : CelErrors.Exhausted),
        Method("matches", [CelType.String, CelType.String], Bool, static (in a, in b, in _, frame) => CelPattern.IsMatch(a, b, frame)),
        Function("matches", [CelType.String, CelType.String], Bool, static (in a, in b, in _, frame) => CelPattern.IsMatch(a, b, frame)),

        Method("lowerAscii", [CelType.String], CelType.String, static (in a, in _, in _, frame) => ChangeCase(a, frame, (byte)'A')),
        Method("upperAscii", [CelType.String], CelType.String, static (in a, in _, in _, frame) => ChangeCase(a, frame, (byte)'a')),
        Method("trim", [CelType.String], CelType.String, static (in a, in _, in _, frame) => frame.ChargeText(a.Length) ? Trim(a) : CelErrors.Exhausted),
        Method("reverse", [CelType.String], CelType.String, static (in a, in _, in _, frame) => Reverse(a, frame)),
        Function("strings.quote", [CelType.String], CelType.String, static (in a, in _, in _, frame) => Quote(a, frame)),
        Method("format", [CelType.String, AnyList], CelType.String, static (in a, in b, in _, frame) => CelFormat.Format(a, b.List, frame)),
    ];

    public static CelOverload[] Both(string name, CelType parameter, CelType result, CelImplementation implementation) =>
        [Function(name, [parameter], result, implementation), Method(name, [parameter], result, implementation)];

    /// <summary>Without Unicode's white space at both ends.</summary>
    public static CelValue Trim(in CelValue text)
    {
        var span = text.Span;
        var start = 0;
        while (start < span.Length && Rune.DecodeFromUtf8(span[start..], out var rune, out var length) == default && Rune.IsWhiteSpace(rune))
            start += length;
        var end = span.Length;
        while (end > start && Rune.DecodeLastFromUtf8(span[start..end], out var rune, out var length) == default && Rune.IsWhiteSpace(rune))
            end -= length;
        return text.Slice(start, end - start);
    }

    public static CelValue Reverse(in CelValue text, CelFrame frame)
    {
        if (!frame.ChargeText(4L * text.Length))
            return CelErrors.Exhausted;
        var span = text.Span;
        var bytes = new byte[span.Length];
        for (int from = 0, length; from < span.Length; from += length)
        {
            length = Utf8Text.LengthOfFirst(span[from..]);
            span.Slice(from, length).CopyTo(bytes.AsSpan(bytes.Length - from - length));
        }
        return CelValue.Utf8(bytes);
    }

    // Only when something changes is anything copied.
    private static CelValue ChangeCase(in CelValue text, CelFrame frame, byte first)
    {
        if (!frame.ChargeText(text.Length))
            return CelErrors.Exhausted;
        var at = text.Span.IndexOfAnyInRange(first, (byte)(first + 25));
        if (at < 0)
            return text;
        var bytes = text.Span.ToArray();
        for (; at < bytes.Length; at++)
        {
            if (bytes[at] - first is >= 0 and < 26)
                bytes[at] ^= 0x20;
        }
        return CelValue.Utf8(bytes);
    }

    private static CelValue Quote(in CelValue text, CelFrame frame)
    {
        if (!frame.ChargeText(4L * text.Length))
            return CelErrors.Exhausted;
        var result = new List<byte>(text.Length + 2) { (byte)'"' };
        foreach (var c in text.Span)
        {
            var escape = c switch
            {
                (byte)'\a' => 'a', (byte)'\b' => 'b', (byte)'\f' => 'f', (byte)'\n' => 'n', (byte)'\r' => 'r', (byte)'\t' => 't', (byte)'\v' => 'v',
                (byte)'\\' => '\\', (byte)'"' => '"', _ => '\0',
            };
            if (escape != '\0')
                result.AddRange([(byte)'\\', (byte)escape]);
            else
                result.Add(c);
        }
        result.Add((byte)'"');
        return CelValue.Utf8([.. result]);
    }
}
