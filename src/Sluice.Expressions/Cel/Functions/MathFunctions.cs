using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>The math extension.</summary>
internal static class MathFunctions
{
    public static IEnumerable<CelOverload> All { get; } =
    [
        Function("math.greatest", [AnyList], Dyn, static (in a, in _, in _, frame) => Extreme(a.List, 1, frame)) with { ResultOf = types => types[0].Element! },
        Function("math.least", [AnyList], Dyn, static (in a, in _, in _, frame) => Extreme(a.List, -1, frame)) with { ResultOf = types => types[0].Element! },
        Rounding("math.ceil", Math.Ceiling),
        Rounding("math.floor", Math.Floor),
        Rounding("math.round", static value => Math.Round(value, MidpointRounding.AwayFromZero)),
        Rounding("math.trunc", Math.Truncate),
        Rounding("math.sqrt", Math.Sqrt),
        Function("math.sqrt", [Int], CelType.Double, static (in a, in _, in _, _) => CelValue.Of(Math.Sqrt(a.AsInt))),
        Function("math.sqrt", [UInt], CelType.Double, static (in a, in _, in _, _) => CelValue.Of(Math.Sqrt(a.AsUInt))),
        Function("math.abs", [Int], Int, static (in a, in _, in _, _) => a.AsInt == long.MinValue ? CelErrors.Overflow : CelValue.Of(Math.Abs(a.AsInt))),
        Function("math.abs", [UInt], UInt, static (in a, in _, in _, _) => a),
        Function("math.abs", [CelType.Double], CelType.Double, static (in a, in _, in _, _) => CelValue.Of(Math.Abs(a.AsDouble))),
        Function("math.sign", [Int], Int, static (in a, in _, in _, _) => CelValue.Of((long)Math.Sign(a.AsInt))),
        Function("math.sign", [UInt], UInt, static (in a, in _, in _, _) => CelValue.Of(a.AsUInt == 0 ? 0UL : 1UL)),
        Function("math.sign", [CelType.Double], CelType.Double, static (in a, in _, in _, _) => CelValue.Of(double.IsNaN(a.AsDouble) ? double.NaN : Math.Sign(a.AsDouble))),
        Function("math.isNaN", [CelType.Double], Bool, static (in a, in _, in _, _) => CelValue.Of(double.IsNaN(a.AsDouble))),
        Function("math.isInf", [CelType.Double], Bool, static (in a, in _, in _, _) => CelValue.Of(double.IsInfinity(a.AsDouble))),
        Function("math.isFinite", [CelType.Double], Bool, static (in a, in _, in _, _) => CelValue.Of(double.IsFinite(a.AsDouble))),
        .. Bitwise("math.bitAnd", static (a, b) => a & b),
        .. Bitwise("math.bitOr", static (a, b) => a | b),
        .. Bitwise("math.bitXor", static (a, b) => a ^ b),
        Function("math.bitNot", [Int], Int, static (in a, in _, in _, _) => CelValue.Of(~a.AsInt)),
        Function("math.bitNot", [UInt], UInt, static (in a, in _, in _, _) => CelValue.Of(~a.AsUInt)),
        .. Shift("math.bitShiftLeft", static (value, count) => value << count),
        .. Shift("math.bitShiftRight", static (value, count) => value >> count),
    ];

    private static CelOverload Rounding(string name, Func<double, double> round) =>
        Function(name, [CelType.Double], CelType.Double, (in a, in _, in _, _) => CelValue.Of(round(a.AsDouble)));

    private static CelOverload[] Bitwise(string name, Func<ulong, ulong, ulong> combine) =>
    [
        Function(name, [Int, Int], Int, (in a, in b, in _, _) => CelValue.Of((long)combine(a.AsUInt, b.AsUInt))),
        Function(name, [UInt, UInt], UInt, (in a, in b, in _, _) => CelValue.Of(combine(a.AsUInt, b.AsUInt))),
    ];

    // Right shifts bring in zeros for ints as well, as the extension has it.
    private static CelOverload[] Shift(string name, Func<ulong, int, ulong> shift) =>
    [
        Function(name, [Int, Int], Int, (in a, in b, in _, _) => b.AsInt < 0 ? CelErrors.NegativeShift : CelValue.Of(b.AsInt > 63 ? 0L : (long)shift(a.AsUInt, (int)b.AsInt))),
        Function(name, [UInt, Int], UInt, (in a, in b, in _, _) => b.AsInt < 0 ? CelErrors.NegativeShift : CelValue.Of(b.AsInt > 63 ? 0UL : shift(a.AsUInt, (int)b.AsInt))),
    ];

    private static CelValue Extreme(CelList list, int sign, CelFrame frame)
    {
        if (list.Count == 0)
            return CelValue.Failure("there is no greatest or least of no numbers");
        var best = list[0];
        for (var i = 0; i < list.Count; i++)
        {
            if (!frame.Charge(1))
                return CelErrors.Exhausted;
            var value = list[i];
            if (!value.IsNumber)
                return CelErrors.NoOverload;
            if (CelNumbers.Compare(value, best) * sign > 0)
                best = value;
        }
        return best;
    }
}
