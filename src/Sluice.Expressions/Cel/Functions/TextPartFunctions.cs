using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>The strings extension: positions (in code points), parts, replacing, splitting.</summary>
internal static class TextPartFunctions
{
    /// <summary>What replace() with four arguments is called here: the last two come as a list.</summary>
    public const string LimitedReplace = "replace with limit";

    public static IEnumerable<CelOverload> All { get; } =
    [
        Method("charAt", [CelType.String, Int], CelType.String, static (in a, in b, in _, frame) => CharAt(a, b.AsInt, frame)),
        Method("indexOf", [CelType.String, CelType.String], Int, static (in a, in b, in _, frame) => IndexOf(a, b, 0, frame)),
        Method("indexOf", [CelType.String, CelType.String, Int], Int, static (in a, in b, in c, frame) => IndexOf(a, b, c.AsInt, frame)),
        Method("lastIndexOf", [CelType.String, CelType.String], Int, static (in a, in b, in _, frame) => LastIndexOf(a, b, null, frame)),
        Method("lastIndexOf", [CelType.String, CelType.String, Int], Int, static (in a, in b, in c, frame) => LastIndexOf(a, b, c.AsInt, frame)),
        Method("substring", [CelType.String, Int], CelType.String, static (in a, in b, in _, frame) => Substring(a, b.AsInt, null, frame)),
        Method("substring", [CelType.String, Int, Int], CelType.String, static (in a, in b, in c, frame) => Substring(a, b.AsInt, c.AsInt, frame)),
        Method("replace", [CelType.String, CelType.String, CelType.String], CelType.String, static (in a, in b, in c, frame) => Replace(a, b, c, -1, frame)),
        Method(LimitedReplace, [CelType.String, CelType.String, AnyList], CelType.String, static (in a, in b, in c, frame) =>
            c.List[0].Kind == CelKind.String && c.List[1].Kind == CelKind.Int ? Replace(a, b, c.List[0], c.List[1].AsInt, frame) : CelErrors.NoOverload),
        Method("split", [CelType.String, CelType.String], ListOf(CelType.String), static (in a, in b, in _, frame) => Split(a, b, -1, frame)),
        Method("split", [CelType.String, CelType.String, Int], ListOf(CelType.String), static (in a, in b, in c, frame) => Split(a, b, c.AsInt, frame)),
    ];

    public static CelValue Substring(in CelValue text, long start, long? end, CelFrame frame)
    {
        if (!frame.ChargeText(4L * text.Length))
            return CelErrors.Exhausted;
        var first = Utf8Text.OffsetOf(text.Span, start);
        var last = end is { } index ? Utf8Text.OffsetOf(text.Span, index) : text.Length;
        return first < 0 || last < first ? CelErrors.IndexOutOfRange : text.Slice(first, last - first);
    }

    /// <summary><c>limit</c>: how many at most; below 0 for all.</summary>
    public static CelValue Replace(in CelValue text, in CelValue part, in CelValue replacement, long limit, CelFrame frame)
    {
        if (!frame.ChargeText(text.Length + (4L * part.Length)))
            return CelErrors.Exhausted;
        ReadOnlySpan<byte> rest = text.Span, old = part.Span, fresh = replacement.Span;
        if (limit == 0 || (old.Length > 0 && rest.IndexOf(old) < 0))
            return text;
        var result = new List<byte>();
        for (var isFirst = true; limit != 0; limit--, isFirst = false)
        {
            // An empty part is found before each character and at the end.
            var at = old.Length > 0 ? rest.IndexOf(old) : isFirst ? 0 : rest.Length > 0 ? Utf8Text.LengthOfFirst(rest) : -1;
            if (at < 0)
                break;
            if (!frame.ChargeText(fresh.Length))
                return CelErrors.Exhausted;
            result.AddRange(rest[..at]);
            result.AddRange(fresh);
            rest = rest[(at + old.Length)..];
        }
        result.AddRange(rest);
        return CelValue.Utf8([.. result]);
    }

    /// <summary><c>limit</c>: how many parts at most; below 0 for all.</summary>
    public static CelValue Split(in CelValue text, in CelValue separator, long limit, CelFrame frame)
    {
        if (!frame.ChargeText(text.Length + (4L * separator.Length)))
            return CelErrors.Exhausted;
        var parts = new List<CelValue>();
        ReadOnlySpan<byte> span = text.Span, mark = separator.Span;
        var start = 0;
        while (limit != 0)
        {
            if (!frame.Charge(1))
                return CelErrors.Exhausted;
            var length = limit == 1 ? -1 : mark.Length > 0 ? span[start..].IndexOf(mark) : start < span.Length ? Utf8Text.LengthOfFirst(span[start..]) : -1;
            if (length < 0 || (mark.Length == 0 && start + length == span.Length))
            {
                if (mark.Length > 0 || start < span.Length)
                    parts.Add(text.Slice(start, span.Length - start));
                break;
            }
            parts.Add(text.Slice(start, length));
            start += length + mark.Length;
            limit--;
        }
        return CelValue.Of(new CelArray([.. parts], parts.Count));
    }

    private static CelValue CharAt(in CelValue text, long index, CelFrame frame)
    {
        if (!frame.ChargeText(4L * text.Length))
            return CelErrors.Exhausted;
        var offset = Utf8Text.OffsetOf(text.Span, index);
        if (offset < 0)
            return CelErrors.IndexOutOfRange;
        return text.Slice(offset, offset == text.Length ? 0 : Utf8Text.LengthOfFirst(text.Span[offset..]));
    }

    private static CelValue IndexOf(in CelValue text, in CelValue part, long start, CelFrame frame)
    {
        if (!frame.ChargeText(4L * ((long)text.Length + part.Length)))
            return CelErrors.Exhausted;
        var offset = Utf8Text.OffsetOf(text.Span, start);
        if (offset < 0)
            return CelErrors.IndexOutOfRange;
        var at = text.Span[offset..].IndexOf(part.Span);
        return CelValue.Of(at < 0 ? -1L : start + Utf8Text.CountOf(text.Span.Slice(offset, at)));
    }

    private static CelValue LastIndexOf(in CelValue text, in CelValue part, long? start, CelFrame frame)
    {
        if (!frame.ChargeText(4L * ((long)text.Length + part.Length)))
            return CelErrors.Exhausted;
        var last = start is { } index ? Utf8Text.OffsetOf(text.Span, index) : text.Length;
        if (last < 0)
            return CelErrors.IndexOutOfRange;
        var at = text.Span[..(int)Math.Min((long)last + part.Length, text.Length)].LastIndexOf(part.Span);
        return CelValue.Of(at < 0 ? -1L : Utf8Text.CountOf(text.Span[..at]));
    }
}
