using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>Operators other than comparisons and logic: overflow is an error, never a wrong number.</summary>
internal static class ArithmeticFunctions
{
    public static IEnumerable<CelOverload> All { get; } =
    [
        Function("!", [Bool], Bool, static (in a, in _, in _, _) => CelValue.Of(a.IsFalse)),
        Function("-", [Int], Int, static (in a, in _, in _, _) => a.AsInt == long.MinValue ? CelErrors.Overflow : CelValue.Of(-a.AsInt)),
        Function("-", [CelType.Double], CelType.Double, static (in a, in _, in _, _) => CelValue.Of(-a.AsDouble)),

        Function("+", [Int, Int], Int, static (in a, in b, in _, _) => OfInt((Int128)a.AsInt + b.AsInt)),
        Function("+", [UInt, UInt], UInt, static (in a, in b, in _, _) => OfUInt((UInt128)a.AsUInt + b.AsUInt)),
        Function("+", [CelType.Double, CelType.Double], CelType.Double, static (in a, in b, in _, _) => CelValue.Of(a.AsDouble + b.AsDouble)),
        Function("+", [CelType.String, CelType.String], CelType.String, static (in a, in b, in _, frame) => Concatenate(a, b, frame)),
        Function("+", [CelType.Bytes, CelType.Bytes], CelType.Bytes, static (in a, in b, in _, frame) => Concatenate(a, b, frame)),
        Function("+", [AnyList, AnyList], AnyList, static (in a, in b, in _, frame) => ListFunctions.Concatenate(a.List, b.List, frame)) with { ResultOf = types => Join(types[0], types[1]) },
        Function("+", [CelType.Timestamp, CelType.Duration], CelType.Timestamp, static (in a, in b, in _, _) => TimeFunctions.Add(a, b.AsInt)),
        Function("+", [CelType.Duration, CelType.Timestamp], CelType.Timestamp, static (in a, in b, in _, _) => TimeFunctions.Add(b, a.AsInt)),
        Function("+", [CelType.Duration, CelType.Duration], CelType.Duration, static (in a, in b, in _, _) => OfDuration((Int128)a.AsInt + b.AsInt)),

        Function("-", [Int, Int], Int, static (in a, in b, in _, _) => OfInt((Int128)a.AsInt - b.AsInt)),
        Function("-", [UInt, UInt], UInt, static (in a, in b, in _, _) => a.AsUInt < b.AsUInt ? CelErrors.Overflow : CelValue.Of(a.AsUInt - b.AsUInt)),
        Function("-", [CelType.Double, CelType.Double], CelType.Double, static (in a, in b, in _, _) => CelValue.Of(a.AsDouble - b.AsDouble)),
        Function("-", [CelType.Timestamp, CelType.Timestamp], CelType.Duration,
            static (in a, in b, in _, _) => OfDuration((((Int128)a.AsInt - b.AsInt) * CelTime.Second) + a.Nanoseconds - b.Nanoseconds)),
        Function("-", [CelType.Timestamp, CelType.Duration], CelType.Timestamp, static (in a, in b, in _, _) => TimeFunctions.Add(a, -(Int128)b.AsInt)),
        Function("-", [CelType.Duration, CelType.Duration], CelType.Duration, static (in a, in b, in _, _) => OfDuration((Int128)a.AsInt - b.AsInt)),

        Function("*", [Int, Int], Int, static (in a, in b, in _, _) => OfInt((Int128)a.AsInt * b.AsInt)),
        Function("*", [UInt, UInt], UInt, static (in a, in b, in _, _) => OfUInt((UInt128)a.AsUInt * b.AsUInt)),
        Function("*", [CelType.Double, CelType.Double], CelType.Double, static (in a, in b, in _, _) => CelValue.Of(a.AsDouble * b.AsDouble)),

        Function("/", [Int, Int], Int, static (in a, in b, in _, _) => b.AsInt == 0 ? CelErrors.DivisionByZero : OfInt((Int128)a.AsInt / b.AsInt)),
        Function("/", [UInt, UInt], UInt, static (in a, in b, in _, _) => b.AsUInt == 0 ? CelErrors.DivisionByZero : CelValue.Of(a.AsUInt / b.AsUInt)),
        Function("/", [CelType.Double, CelType.Double], CelType.Double, static (in a, in b, in _, _) => CelValue.Of(a.AsDouble / b.AsDouble)),

        Function("%", [Int, Int], Int, static (in a, in b, in _, _) => b.AsInt == 0 ? CelErrors.ModulusByZero : CelValue.Of(b.AsInt == -1 ? 0 : a.AsInt % b.AsInt)),
        Function("%", [UInt, UInt], UInt, static (in a, in b, in _, _) => b.AsUInt == 0 ? CelErrors.ModulusByZero : CelValue.Of(a.AsUInt % b.AsUInt)),
    ];

    public static CelValue OfInt(Int128 value) => value < long.MinValue || value > long.MaxValue ? CelErrors.Overflow : CelValue.Of((long)value);

    public static CelValue OfUInt(UInt128 value) => value > ulong.MaxValue ? CelErrors.Overflow : CelValue.Of((ulong)value);

    public static CelValue OfDuration(Int128 value) => value < long.MinValue || value > long.MaxValue ? CelErrors.Overflow : CelValue.Duration((long)value);

    private static CelValue Concatenate(in CelValue a, in CelValue b, CelFrame frame)
    {
        if (!frame.ChargeText((long)a.Length + b.Length))
            return CelErrors.Exhausted;
        var bytes = new byte[a.Length + b.Length];
        a.Span.CopyTo(bytes);
        b.Span.CopyTo(bytes.AsSpan(a.Length));
        return a.Kind == CelKind.String ? CelValue.Utf8(bytes) : CelValue.Bytes(bytes);
    }
}
