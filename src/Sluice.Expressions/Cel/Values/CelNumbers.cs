using System.Numerics;

namespace Sluice.Expressions.Cel;

/// <summary>Numbers of different types on one line, without rounding.</summary>
internal static class CelNumbers
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    /// <summary>Null when one is not a number.</summary>
    public static int? Compare(in CelValue a, in CelValue b)
    {
        if (a.Kind == CelKind.Double)
        {
            if (double.IsNaN(a.AsDouble))
                return null;
            if (b.Kind == CelKind.Double)
                return double.IsNaN(b.AsDouble) ? null : a.AsDouble.CompareTo(b.AsDouble);
            return -Compare(b, a.AsDouble);
        }
        if (b.Kind == CelKind.Double)
            return double.IsNaN(b.AsDouble) ? null : Compare(a, b.AsDouble);
        if (a.Kind == b.Kind)
            return a.Kind == CelKind.Int ? a.AsInt.CompareTo(b.AsInt) : a.AsUInt.CompareTo(b.AsUInt);
        if (a.Kind == CelKind.Int)
            return a.AsInt < 0 ? -1 : a.AsUInt.CompareTo(b.AsUInt);
        return b.AsInt < 0 ? 1 : a.AsUInt.CompareTo(b.AsUInt);
    }

    private static int Compare(in CelValue whole, double number) => whole.Kind == CelKind.Int
        ? Compare(whole.AsInt, number, -TwoTo63, TwoTo63)
        : Compare(whole.AsUInt, number, 0, TwoTo64);

    private static int Compare<T>(T whole, double number, double first, double end)
        where T : IBinaryInteger<T>
    {
        if (number < first)
            return 1;
        if (number >= end)
            return -1;
        var order = whole.CompareTo(T.CreateTruncating(number));
        return order != 0 ? order : 0.0.CompareTo(number - Math.Truncate(number));
    }
}
