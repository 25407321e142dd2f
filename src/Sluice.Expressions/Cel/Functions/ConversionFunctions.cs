using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;
using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>int(), string() and their like; ranges are checked.</summary>
internal static class ConversionFunctions
{
    private const int MaxNumber = 400;

    public static IEnumerable<CelOverload> All { get; } =
    [
        Function("dyn", [Dyn], Dyn, static (in a, in _, in _, _) => a),
        Function("type", [Dyn], CelType.Type, static (in a, in _, in _, _) => CelValue.Of(CelType.Of(a))),

        Function("bool", [Bool], Bool, static (in a, in _, in _, _) => a),
        Function("bool", [CelType.String], Bool, static (in a, in _, in _, _) => ToBool(a.Span)),

        Function("int", [Int], Int, static (in a, in _, in _, _) => a),
        Function("int", [UInt], Int, static (in a, in _, in _, _) => a.AsInt < 0 ? CelErrors.Overflow : CelValue.Of(a.AsInt)),
        Function("int", [CelType.Double], Int, static (in a, in _, in _, _) => a.AsDouble is > -9223372036854775808.0 and < 9223372036854775808.0 ? CelValue.Of((long)a.AsDouble) : CelErrors.Overflow),
        Function("int", [CelType.String], Int, static (in a, in _, in _, _) => ToInt(a.Span)),
        Function("int", [CelType.Timestamp], Int, static (in a, in _, in _, _) => CelValue.Of(a.AsInt)),

        Function("uint", [UInt], UInt, static (in a, in _, in _, _) => a),
        Function("uint", [Int], UInt, static (in a, in _, in _, _) => a.AsInt < 0 ? CelErrors.Overflow : CelValue.Of(a.AsUInt)),
        Function("uint", [CelType.Double], UInt, static (in a, in _, in _, _) => a.AsDouble is > -1 and < 18446744073709551616.0 ? CelValue.Of((ulong)a.AsDouble) : CelErrors.Overflow),
        Function("uint", [CelType.String], UInt, static (in a, in _, in _, _) => ToUInt(a.Span)),

        Function("double", [CelType.Double], CelType.Double, static (in a, in _, in _, _) => a),
        Function("double", [Int], CelType.Double, static (in a, in _, in _, _) => CelValue.Of((double)a.AsInt)),
        Function("double", [UInt], CelType.Double, static (in a, in _, in _, _) => CelValue.Of((double)a.AsUInt)),
        Function("double", [CelType.String], CelType.Double, static (in a, in _, in _, _) => ToDouble(a.Span)),

        Function("string", [CelType.String], CelType.String, static (in a, in _, in _, _) => a),
        Function("string", [Bool], CelType.String, static (in a, in _, in _, _) => CelValue.Utf8(a.IsTrue ? "true"u8.ToArray() : "false"u8.ToArray())),
        Function("string", [Int], CelType.String, static (in a, in _, in _, _) => CelValue.Of(a.AsInt.ToString(CultureInfo.InvariantCulture))),
        Function("string", [UInt], CelType.String, static (in a, in _, in _, _) => CelValue.Of(a.AsUInt.ToString(CultureInfo.InvariantCulture))),
        Function("string", [CelType.Double], CelType.String, static (in a, in _, in _, _) => CelValue.Of(CelText.OfDouble(a.AsDouble))),
        Function("string", [CelType.Bytes], CelType.String, static (in a, in _, in _, frame) => ToText(a, frame)),
        Function("string", [CelType.Timestamp], CelType.String, static (in a, in _, in _, _) => CelValue.Of(CelTime.Format(a))),
        Function("string", [CelType.Duration], CelType.String, static (in a, in _, in _, _) => CelValue.Of(CelTime.FormatDuration(a.AsInt))),
        Function("string", [Ip], CelType.String, static (in a, in _, in _, _) => CelValue.Of(a.Address.ToString())),
        Function("string", [Cidr], CelType.String, static (in a, in _, in _, _) => CelValue.Of(a.Range.ToString())),

        Function("bytes", [CelType.Bytes], CelType.Bytes, static (in a, in _, in _, _) => a),
        Function("bytes", [CelType.String], CelType.Bytes, static (in a, in _, in _, _) => a.As(CelKind.Bytes)),

        Function("timestamp", [CelType.Timestamp], CelType.Timestamp, static (in a, in _, in _, _) => a),
        Function("timestamp", [CelType.String], CelType.Timestamp, static (in a, in _, in _, _) => CelTime.TryParse(a.Span, out var value) ? value : CelErrors.InvalidTimestamp) with { IsLiteralChecked = true },
        Function("timestamp", [Int], CelType.Timestamp, static (in a, in _, in _, _) => CelTime.IsInRange(a.AsInt) ? CelValue.Timestamp(a.AsInt, 0) : CelErrors.Overflow),

        Function("duration", [CelType.Duration], CelType.Duration, static (in a, in _, in _, _) => a),
        Function("duration", [CelType.String], CelType.Duration, static (in a, in _, in _, _) => CelTime.TryParseDuration(a.Span, out var value) ? CelValue.Duration(value) : CelErrors.InvalidDuration) with { IsLiteralChecked = true },
    ];

    public static CelValue ToInt(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxNumber && text[0] != '+' && Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length ? CelValue.Of(value) : CelErrors.NotANumber;

    public static CelValue ToDouble(ReadOnlySpan<byte> text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text is [.., (byte)'I' or (byte)'i', _, _] or [])
        {
            if (text.SequenceEqual("Inf"u8) || text.SequenceEqual("+Inf"u8))
                return CelValue.Of(double.PositiveInfinity);
            return text.SequenceEqual("-Inf"u8) ? CelValue.Of(double.NegativeInfinity) : CelErrors.NotANumber;
        }
        return text.Length <= MaxNumber && double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) ? CelValue.Of(value) : CelErrors.NotANumber;
    }

    private static CelValue ToUInt(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxNumber && text[0] != '+' && Utf8Parser.TryParse(text, out ulong value, out var read) && read == text.Length ? CelValue.Of(value) : CelErrors.NotANumber;

    private static CelValue ToBool(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("t"u8) || text.SequenceEqual("1"u8) ? CelValue.True
        : text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("f"u8) || text.SequenceEqual("0"u8) ? CelValue.False
        : CelValue.Failure("the text is no bool: write true or false");

    private static CelValue ToText(in CelValue bytes, CelFrame frame)
    {
        if (!frame.ChargeText(bytes.Length))
            return CelErrors.Exhausted;
        return Utf8.IsValid(bytes.Span) ? bytes.As(CelKind.String) : CelErrors.InvalidUtf8;
    }
}
