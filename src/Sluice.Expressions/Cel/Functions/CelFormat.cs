using System.Globalization;
using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>format(): %s %d %f %e %b %o %x %X and %%, with a precision for %f and %e.</summary>
internal static class CelFormat
{
    private const int MaxPrecision = 100;

    public static CelValue Format(in CelValue format, CelList arguments, CelFrame frame)
    {
        if (!frame.ChargeText(format.Length))
            return CelErrors.Exhausted;
        var rest = format.Span;
        var result = new List<byte>();
        var next = 0;
        while (rest.IndexOf((byte)'%') is >= 0 and var at)
        {
            result.AddRange(rest[..at]);
            rest = rest[(at + 1)..];
            if (rest is [(byte)'%', ..])
            {
                result.Add((byte)'%');
                rest = rest[1..];
                continue;
            }
            if (!TryPrecision(ref rest, out var precision) || rest.Length == 0)
                return CelValue.Failure("\"%\" of a format must be followed by s, d, f, e, b, o, x, X or %");
            if (next == arguments.Count)
                return CelValue.Failure("the format has more clauses than arguments");
            if (Clause((char)rest[0], precision, arguments[next++]) is not { } text)
                return CelValue.Failure($"argument {next} of the format does not go with %{(char)rest[0]}");
            if (!frame.ChargeText(text.Length))
                return CelErrors.Exhausted;
            result.AddRange(Encoding.UTF8.GetBytes(text));
            rest = rest[1..];
        }
        result.AddRange(rest);
        return CelValue.Utf8([.. result]);
    }

    private static bool TryPrecision(ref ReadOnlySpan<byte> rest, out int precision)
    {
        precision = 6;
        if (rest is not [(byte)'.', ..])
            return true;
        var digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
            digits++;
        var isRight = digits is > 1 and < 5 && int.TryParse(rest[1..digits], CultureInfo.InvariantCulture, out precision) && precision <= MaxPrecision;
        rest = rest[digits..];
        return isRight;
    }

    private static string? Clause(char clause, int precision, in CelValue value) => clause switch
    {
        's' => Text(value),
        'd' when value.Kind is CelKind.Int or CelKind.UInt => Text(value),
        'f' when value.IsNumber => Number(value).ToString("F" + precision, CultureInfo.InvariantCulture),
        'e' when value.IsNumber => Number(value).ToString((precision == 0 ? "0" : "0." + new string('0', precision)) + "e+00", CultureInfo.InvariantCulture),
        'b' when value.Kind == CelKind.Bool => value.IsTrue ? "1" : "0",
        'b' or 'o' or 'x' or 'X' when value.Kind is CelKind.Int or CelKind.UInt => Whole(clause, value),
        'x' when value.Kind is CelKind.String or CelKind.Bytes => Convert.ToHexStringLower(value.Span),
        'X' when value.Kind is CelKind.String or CelKind.Bytes => Convert.ToHexString(value.Span),
        _ => null,
    };

    private static double Number(in CelValue value) => value.Kind switch { CelKind.Int => value.AsInt, CelKind.UInt => value.AsUInt, _ => value.AsDouble };

    private static string Whole(char clause, in CelValue value)
    {
        var isNegative = value.Kind == CelKind.Int && value.AsInt < 0;
        var magnitude = isNegative ? (ulong)-(Int128)value.AsInt : value.AsUInt;
        return (isNegative ? "-" : "") + clause switch
        {
            'b' => magnitude.ToString("b", CultureInfo.InvariantCulture),
            'o' => Octal(magnitude),
            'x' => magnitude.ToString("x", CultureInfo.InvariantCulture),
            _ => magnitude.ToString("X", CultureInfo.InvariantCulture),
        };
    }

    private static string Octal(ulong value)
    {
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, (char)('0' + (value & 7)));
            value >>= 3;
        }
        while (value != 0);
        return digits.ToString();
    }

    private static string? Text(in CelValue value) => value.Kind switch
    {
        CelKind.String or CelKind.Bytes => Encoding.UTF8.GetString(value.Span),
        CelKind.UInt => value.AsUInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => CelText.OfDouble(value.AsDouble),
        CelKind.List or CelKind.Map => null,
        _ => CelText.Describe(value),
    };
}
