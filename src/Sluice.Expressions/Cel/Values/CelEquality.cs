namespace Sluice.Expressions.Cel;

/// <summary>Equality as the language has it: values of different kinds are unequal, numbers are compared by their value.</summary>
internal static class CelEquality
{
    public static bool AreEqual(in CelValue a, in CelValue b, CelFrame frame)
    {
        if (a.IsNumber && b.IsNumber)
            return CelNumbers.Compare(a, b) == 0;
        if (a.Kind != b.Kind)
            return false;
        switch (a.Kind)
        {
            case CelKind.String or CelKind.Bytes:
                return a.Length == b.Length && frame.ChargeText(a.Length) && a.Span.SequenceEqual(b.Span);
            case CelKind.List:
                return AreEqual(a.List, b.List, frame);
            case CelKind.Map:
                return AreEqual(a.Map, b.Map, frame);
            case CelKind.Type:
                return a.Type.Kind == b.Type.Kind;
            case CelKind.Ip:
                return a.Address.Value == b.Address.Value;
            case CelKind.Cidr:
                return a.Range == b.Range;
            default:
                return a.AsInt == b.AsInt && a.Nanoseconds == b.Nanoseconds;
        }
    }

    private static bool AreEqual(CelList a, CelList b, CelFrame frame)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!frame.Charge(1) || !AreEqual(a[i], b[i], frame))
                return false;
        }
        return true;
    }

    private static bool AreEqual(CelMap a, CelMap b, CelFrame frame)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!frame.Charge(1) || !AreEqual(a.ValueAt(i), b.Find(a.KeyAt(i)), frame))
                return false;
        }
        return true;
    }
}
