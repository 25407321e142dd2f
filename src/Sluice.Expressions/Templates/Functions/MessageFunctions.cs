using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Functions that are called by name: those that ask for the message, and the codecs that gateways' templates have.</summary>
internal static class MessageFunctions
{
    private const int MaxRange = 10_000;

    public static IEnumerable<TemplateFunction> All { get; } =
    [
        Function("header", ["name"], 1, static (frame, arguments) => Named("header", arguments[0], name => frame.Context.Header(name.Span))),
        Function("request_header", ["name"], 1, static (frame, arguments) => Named("request_header", arguments[0], name => frame.Context.RequestHeader(name.Span))),
        Function("body", [], 0, static (frame, _) => frame.Context.Body()),
        Function("context", [], 0, static (frame, _) => frame.Context.Json()),
        Function("env", ["name"], 1, static (frame, arguments) => Named("env", arguments[0], name => frame.Context.EnvironmentVariable(Encoding.UTF8.GetString(name.Span)))),
        Function("get_cookie", ["name"], 1, static (frame, arguments) => Named("get_cookie", arguments[0], name => frame.Context.Cookie(name.Span, ignoresCase: false))),
        Function("get_cookie_i", ["name"], 1, static (frame, arguments) => Named("get_cookie_i", arguments[0], name => frame.Context.Cookie(name.Span, ignoresCase: true))),
        Function("base64_encode", ["value"], 1, static (frame, arguments) => Encode(arguments[0], isUrl: false, frame)),
        Function("base64url_encode", ["value"], 1, static (frame, arguments) => Encode(arguments[0], isUrl: true, frame)),
        Function("base64_decode", ["value"], 1, static (frame, arguments) => Decode(arguments[0], isUrl: false, frame)),
        Function("base64url_decode", ["value"], 1, static (frame, arguments) => Decode(arguments[0], isUrl: true, frame)),
        Function("substring", ["value", "start", "length"], 2, static (frame, arguments) => Substring(frame, arguments)),
        Function("replace_with_random", ["value", "pattern"], 2, static (frame, arguments) => ReplaceWithRandom(frame, arguments)),
        Function("replace_with_string", ["value", "pattern", "replacement"], 3, static (frame, arguments) => Replace(arguments[0], arguments[1], arguments[2], frame)),
        Function("raw_string", ["value"], 1, static (frame, arguments) => RawString(arguments[0], frame)),
        Function("range", ["start", "stop", "step"], 1, static (frame, arguments) => Range(frame, arguments)),
    ];

    private static TemplateFunction Function(string name, string[] parameters, int required, TemplateImplementation implementation) =>
        new("function", name, parameters, required, implementation);

    // Absent becomes "", so that what is made of a header need not ask whether there is one.
    private static CelValue Named(string function, in CelValue name, Func<CelValue, CelValue> find)
    {
        if (name.Kind != CelKind.String)
            return CelValue.Failure($"{function}() needs a name, not {TemplateValues.NameOf(name)}");
        return find(name) is { IsAbsent: false } found ? found : CelValue.EmptyString;
    }

    private static CelValue Encode(in CelValue value, bool isUrl, TemplateFrame frame)
    {
        var text = TemplateText.Of(value, frame);
        if (text.IsError)
            return text;
        return frame.Cost.ChargeText(3L * text.Length) ? CelValue.Utf8(Base64Text.Encode(text.Span, isUrl)) : CelErrors.Exhausted;
    }

    // As in kgateway: what is no base64 becomes nothing, so that clients cannot make a transformation fail.
    private static CelValue Decode(in CelValue value, bool isUrl, TemplateFrame frame)
    {
        var text = TemplateText.Of(value, frame);
        if (text.IsError)
            return text;
        if (!frame.Cost.ChargeText(2L * text.Length))
            return CelErrors.Exhausted;
        return Base64Text.TryDecode(text.Span, isUrl) is { } bytes ? CelValue.Utf8(bytes) : CelValue.EmptyString;
    }

    private static CelValue Substring(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var text = TemplateText.Of(arguments[0], frame);
        if (text.IsError)
            return text;
        if (arguments[1].Kind != CelKind.Int || arguments[2].Kind is not (CelKind.Int or CelKind.Absent))
            return CelValue.Failure("substring() needs whole numbers, as in substring(text, 0, 3)");
        if (!frame.Cost.ChargeText(8L * text.Length))
            return CelErrors.Exhausted;
        var first = Utf8Text.OffsetOf(text.Span, arguments[1].AsInt);
        if (first < 0)
            return CelValue.EmptyString;
        var rest = text.Slice(first, text.Length - first);
        if (arguments[2].IsAbsent || arguments[2].AsInt < 0)
            return rest;
        var length = Utf8Text.OffsetOf(rest.Span, arguments[2].AsInt);
        return length < 0 ? rest : rest.Slice(0, length);
    }

    private static CelValue ReplaceWithRandom(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var pattern = TemplateText.Of(arguments[1], frame);
        if (pattern.IsError)
            return pattern;
        return pattern.Length == 0 ? CelValue.Failure("replace_with_random() needs a text to replace, not \"\"") : Replace(arguments[0], pattern, frame.Context.Random(pattern.Span), frame);
    }

    private static CelValue Replace(in CelValue value, in CelValue old, in CelValue fresh, TemplateFrame frame) =>
        TemplateFunctions.Filter("replace")!.Implementation(frame, [value, old, fresh, CelValue.Absent]);

    private static CelValue RawString(in CelValue value, TemplateFrame frame)
    {
        var text = TemplateText.Of(value, frame);
        if (text.IsError)
            return text;
        var json = TemplateText.Json(text, isIndented: false, frame);
        return json.IsError ? json : json.Slice(1, json.Length - 2);
    }

    private static CelValue Range(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Kind is not (CelKind.Int or CelKind.Absent))
                return CelValue.Failure("range() needs whole numbers, as in range(10)");
        }
        var (start, stop) = arguments[1].IsAbsent ? (0L, arguments[0].AsInt) : (arguments[0].AsInt, arguments[1].AsInt);
        var step = arguments[2].IsAbsent ? 1 : arguments[2].AsInt;
        if (step == 0)
            return CelValue.Failure("the step of range() must not be 0");
        var count = step > 0 ? ((Int128)stop - start + step - 1) / step : ((Int128)start - stop - step - 1) / -(Int128)step;
        if (count > MaxRange)
            return CelValue.Failure($"range() would have {count} elements: at most {MaxRange} are allowed");
        if (count <= 0)
            return CelValue.Of(CelArray.Empty);
        if (!frame.Cost.Charge((long)count))
            return CelErrors.Exhausted;
        var values = new CelValue[(int)count];
        for (var i = 0; i < values.Length; i++)
            values[i] = CelValue.Of(start + (i * step));
        return CelValue.Of(new CelArray(values, values.Length));
    }
}
