using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>The encoders extension, and JSON as agentgateway has it.</summary>
internal static class EncodingFunctions
{
    public static IEnumerable<CelOverload> All { get; } =
    [
        Function("base64.encode", [CelType.Bytes], CelType.String, static (in a, in _, in _, frame) => Encode(a, frame)),
        Function("base64.encode", [CelType.String], CelType.String, static (in a, in _, in _, frame) => Encode(a, frame)),
        Function("base64.decode", [CelType.String], CelType.Bytes, static (in a, in _, in _, frame) => Decode(a, frame)),
        Function("json", [CelType.String], Dyn, static (in a, in _, in _, frame) => ParseJson(a, frame)),
        Function("json", [CelType.Bytes], Dyn, static (in a, in _, in _, frame) => ParseJson(a, frame)),
        Function("toJson", [Dyn], CelType.String, static (in a, in _, in _, frame) => ToJson(a, frame)),
    ];

    public static CelValue Encode(in CelValue value, CelFrame frame)
    {
        if (!frame.ChargeText(3L * value.Length))
            return CelErrors.Exhausted;
        return CelValue.Utf8(Base64Text.Encode(value.Span, isUrl: false));
    }

    private static CelValue Decode(in CelValue value, CelFrame frame)
    {
        if (!frame.ChargeText(2L * value.Length))
            return CelErrors.Exhausted;
        return Base64Text.TryDecode(value.Span, isUrl: false) is { } bytes ? CelValue.Bytes(bytes) : CelErrors.InvalidBase64;
    }

    private static CelValue ParseJson(in CelValue value, CelFrame frame)
    {
        // The index takes up to twenty bytes for each octet of the text.
        if (!frame.ChargeText(20L * value.Length))
            return CelErrors.Exhausted;
        return JsonValues.Parse(value.Span.ToArray());
    }

    private static CelValue ToJson(in CelValue value, CelFrame frame)
    {
        var writer = new JsonText(frame.ChargeText);
        return writer.TryWrite(value) ? CelValue.Utf8(writer.ToArray()) : writer.IsExhausted ? CelErrors.Exhausted : CelErrors.NoOverload;
    }
}
