namespace Sluice.Expressions.Cel;

/// <summary>Keys of maps are equal as the language has it: 1, 1u and 1.0 are one key.</summary>
internal sealed class CelKeyComparer : IEqualityComparer<CelValue>
{
    public static CelKeyComparer Instance { get; } = new();

    public static bool IsKey(CelKind kind) => kind is CelKind.Bool or CelKind.Int or CelKind.UInt or CelKind.String;

    public bool Equals(CelValue x, CelValue y)
    {
        if (x.Kind == CelKind.String)
            return y.Kind == CelKind.String && x.Span.SequenceEqual(y.Span);
        return x.IsNumber ? y.IsNumber && CelNumbers.Compare(x, y) == 0 : x.Kind == y.Kind && x.AsInt == y.AsInt;
    }

    public int GetHashCode(CelValue obj)
    {
        switch (obj.Kind)
        {
            case CelKind.String:
                var hash = new HashCode();
                hash.AddBytes(obj.Span);
                return hash.ToHashCode();
            case CelKind.Double:
                return obj.AsDouble is >= long.MinValue and < long.MaxValue ? ((long)obj.AsDouble).GetHashCode()
                    : obj.AsDouble is >= 0 and < ulong.MaxValue ? ((long)(ulong)obj.AsDouble).GetHashCode() : 0;
            default:
                return obj.AsInt.GetHashCode();
        }
    }
}
