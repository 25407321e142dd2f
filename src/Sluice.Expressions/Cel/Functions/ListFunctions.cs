using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>Functions on lists and maps.</summary>
internal static class ListFunctions
{
    public static IEnumerable<CelOverload> All { get; } =
    [
        .. TextFunctions.Both("size", AnyList, Int, static (in a, in _, in _, _) => CelValue.Of((long)a.List.Count)),
        .. TextFunctions.Both("size", AnyMap, Int, static (in a, in _, in _, _) => CelValue.Of((long)a.Map.Count)),
        Method("join", [AnyList], CelType.String, static (in a, in _, in _, frame) => Join(a.List, CelValue.EmptyString, frame)),
        Method("join", [AnyList, CelType.String], CelType.String, static (in a, in b, in _, frame) => Join(a.List, b, frame)),
    ];

    public static CelValue Concatenate(CelList a, CelList b, CelFrame frame)
    {
        if (!frame.Charge((long)a.Count + b.Count))
            return CelErrors.Exhausted;
        var values = new CelValue[a.Count + b.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = i < a.Count ? a[i] : b[i - a.Count];
        return CelValue.Of(new CelArray(values, values.Length));
    }

    private static CelValue Join(CelList list, in CelValue separator, CelFrame frame)
    {
        var result = new List<byte>();
        for (var i = 0; i < list.Count; i++)
        {
            var part = list[i];
            if (part.Kind != CelKind.String)
                return CelErrors.NoOverload;
            if (!frame.ChargeText((long)part.Length + separator.Length))
                return CelErrors.Exhausted;
            if (i > 0)
                result.AddRange(separator.Span);
            result.AddRange(part.Span);
        }
        return CelValue.Utf8([.. result]);
    }
}
