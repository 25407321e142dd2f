using System.Globalization;
using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Filters that make text.</summary>
internal static class TextFilters
{
    private static readonly CelValue Space = CelValue.Of(" ");

    public static IEnumerable<TemplateFunction> All { get; } =
    [
        Filter("upper", [], 0, static (frame, arguments) => TemplateText.Map(arguments[0], text => text.ToUpperInvariant(), frame)),
        Filter("lower", [], 0, static (frame, arguments) => TemplateText.Map(arguments[0], text => text.ToLowerInvariant(), frame)),
        Filter("capitalize", [], 0, static (frame, arguments) => TemplateText.Map(arguments[0], Capitalize, frame)),
        Filter("title", [], 0, static (frame, arguments) => TemplateText.Map(arguments[0], Title, frame)),
        Filter("trim", ["chars"], 0, static (frame, arguments) => Trim(arguments[0], arguments[1], frame)),
        Filter("replace", ["old", "new", "count"], 2, static (frame, arguments) => Replace(frame, arguments)),
        Filter("split", ["separator", "maxsplit"], 0, static (frame, arguments) => Split(frame, arguments)),
        Filter("lines", [], 0, static (frame, arguments) => Lines(arguments[0], frame)),
        Filter("string", [], 0, static (frame, arguments) => TemplateText.Of(arguments[0], frame)),
        Filter("tojson", ["indent"], 0, static (frame, arguments) => TemplateText.Json(arguments[0], TemplateValues.IsTruthy(arguments[1]), frame)),
        Filter("urlencode", [], 0, static (frame, arguments) => UrlEncode(arguments[0], frame)),
        Filter("escape", [], 0, static (frame, arguments) => Escape(arguments[0], frame)),
        Filter("e", [], 0, static (frame, arguments) => Escape(arguments[0], frame)),
        Filter("safe", [], 0, static (_, arguments) => arguments[0]),
        Filter("indent", ["width", "first", "blank"], 0, static (frame, arguments) => Indent(frame, arguments)),
    ];

    private static TemplateFunction Filter(string name, string[] parameters, int required, TemplateImplementation implementation) =>
        new("filter", name, parameters, required, implementation);

    private static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var isWithin = false;
        foreach (var c in text)
        {
            result.Append(isWithin ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            isWithin = char.IsLetterOrDigit(c) || c == '\'';
        }
        return result.ToString();
    }

    private static CelValue Trim(in CelValue value, in CelValue characters, TemplateFrame frame)
    {
        var text = TemplateText.Of(value, frame);
        if (text.IsError)
            return text;
        if (characters.IsAbsent)
            return frame.Cost.ChargeText(text.Length) ? TextFunctions.Trim(text) : CelErrors.Exhausted;
        var set = TemplateText.Of(characters, frame);
        return set.IsError ? set : TemplateText.Map(text, whole => whole.Trim(Encoding.UTF8.GetString(set.Span).ToCharArray()), frame);
    }

    private static CelValue Replace(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        CelValue text = TemplateText.Of(arguments[0], frame), old = TemplateText.Of(arguments[1], frame), fresh = TemplateText.Of(arguments[2], frame);
        if (text.IsError || old.IsError || fresh.IsError)
            return text.IsError ? text : old.IsError ? old : fresh;
        return TextPartFunctions.Replace(text, old, fresh, arguments[3].Kind == CelKind.Int ? arguments[3].AsInt : -1, frame.Cost);
    }

    private static CelValue Split(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var text = TemplateText.Of(arguments[0], frame);
        if (text.IsError)
            return text;
        var limit = arguments[2].Kind == CelKind.Int && arguments[2].AsInt >= 0 ? Math.Min(arguments[2].AsInt, int.MaxValue) + 1 : -1;
        if (arguments[1].Kind is not (CelKind.Absent or CelKind.Null))
        {
            var separator = TemplateText.Of(arguments[1], frame);
            return separator.IsError ? separator : TextPartFunctions.Split(text, separator, limit, frame.Cost);
        }
        var words = new List<CelValue>();
        var rest = TextFunctions.Trim(text);
        while (rest.Length > 0)
        {
            if (!frame.Cost.Charge(1) || !frame.Cost.ChargeText(rest.Length))
                return CelErrors.Exhausted;
            var end = rest.Span.IndexOfAny(" \t\r\n"u8);
            if (end < 0 || words.Count + 1 == limit)
                end = rest.Length;
            words.Add(rest.Slice(0, end));
            rest = TextFunctions.Trim(rest.Slice(end, rest.Length - end));
        }
        return TemplateValues.ListOf(words);
    }

    private static CelValue Lines(in CelValue value, TemplateFrame frame)
    {
        var text = TemplateText.Of(value, frame);
        if (text.IsError)
            return text;
        if (!frame.Cost.Charge(text.Length))
            return CelErrors.Exhausted;
        var lines = new List<CelValue>();
        for (int start = 0, length; start < text.Length; start += length + 1)
        {
            length = text.Span[start..].IndexOf((byte)'\n');
            if (length < 0)
                length = text.Length - start;
            var isCut = length > 0 && text.Span[start + length - 1] == '\r';
            lines.Add(text.Slice(start, isCut ? length - 1 : length));
        }
        return TemplateValues.ListOf(lines);
    }

    // As MiniJinja has it: what a path or query may have as it is stays, "/" included. A map becomes a query.
    private static CelValue UrlEncode(in CelValue value, TemplateFrame frame)
    {
        if (value.Kind != CelKind.Map)
            return UrlEncodeText(value, frame);
        var pairs = new List<CelValue>();
        for (var i = 0; i < value.Map.Count; i++)
        {
            CelValue key = UrlEncodeText(value.Map.KeyAt(i), frame), text = UrlEncodeText(value.Map.ValueAt(i), frame);
            if (key.IsError || text.IsError)
                return key.IsError ? key : text;
            pairs.Add(TemplateText.Join([key, text], "="u8, frame));
        }
        return TemplateText.Join(pairs.ToArray(), "&"u8, frame);
    }

    private static CelValue UrlEncodeText(in CelValue value, TemplateFrame frame)
    {
        var text = TemplateText.Of(value, frame);
        if (text.IsError)
            return text;
        if (!frame.Cost.ChargeText(4L * text.Length))
            return CelErrors.Exhausted;
        var result = new List<byte>(text.Length);
        foreach (var octet in text.Span)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'/' or (byte)'~')
                result.Add(octet);
            else
                result.AddRange(Encoding.ASCII.GetBytes("%" + octet.ToString("X2", CultureInfo.InvariantCulture)));
        }
        return CelValue.Utf8([.. result]);
    }

    private static CelValue Escape(in CelValue value, TemplateFrame frame) => TemplateText.Map(
        value,
        text => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#x27;", StringComparison.Ordinal),
        frame);

    private static CelValue Indent(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var width = arguments[1].Kind == CelKind.Int ? arguments[1].AsInt : 4;
        if (width is < 0 or > 256)
            return CelValue.Failure("the width of indent must be a number from 0 to 256");
        var lines = Lines(arguments[0], frame);
        if (lines.IsError)
            return lines;
        var margin = TemplateOperators.Apply("*", Space, CelValue.Of(width), frame);
        var result = new List<CelValue>();
        for (var i = 0; i < lines.List.Count; i++)
        {
            var isIndented = (i > 0 || TemplateValues.IsTruthy(arguments[2])) && (lines.List[i].Length > 0 || TemplateValues.IsTruthy(arguments[3]));
            result.Add(isIndented ? TemplateText.Concatenate([margin, lines.List[i]], frame) : lines.List[i]);
        }
        return TemplateText.Join(result.ToArray(), "\n"u8, frame);
    }
}
