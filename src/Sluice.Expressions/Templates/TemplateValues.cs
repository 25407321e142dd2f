using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>What values are to templates: true or false, equal, made of parts.</summary>
internal static class TemplateValues
{
    /// <summary>Lists and maps within each other that are compared; loops can make them as deep as they like.</summary>
    private const int MaxDepth = 200;

    public static bool IsTruthy(in CelValue value) => value.Kind switch
    {
        CelKind.Absent or CelKind.Null or CelKind.Error => false,
        CelKind.Bool or CelKind.Int or CelKind.UInt => value.AsInt != 0,
        CelKind.Double => value.AsDouble != 0,
        CelKind.String or CelKind.Bytes => value.Length > 0,
        CelKind.List => value.List.Count > 0,
        CelKind.Map => value.Map.Count > 0,
        _ => true,
    };

    /// <summary>For messages.</summary>
    public static string NameOf(in CelValue value) => value.Kind switch
    {
        CelKind.Absent => "an undefined value",
        CelKind.Null => "none",
        CelKind.Bool => "a bool",
        CelKind.Int or CelKind.UInt or CelKind.Double => "a number",
        CelKind.String => "a string",
        CelKind.List => $"a list of {value.List.Count}",
        CelKind.Map => "a map",
        _ => "a value of another kind",
    };

    public static bool AreEqual(in CelValue a, in CelValue b, TemplateFrame frame, int depth = 0)
    {
        if (a.Kind is not (CelKind.List or CelKind.Map) || a.Kind != b.Kind)
            return CelEquality.AreEqual(a, b, frame.Cost);
        if (depth > MaxDepth)
            return false;
        if (a.Kind == CelKind.List)
        {
            if (a.List.Count != b.List.Count)
                return false;
            for (var i = 0; i < a.List.Count; i++)
            {
                if (!frame.Cost.Charge(1) || !AreEqual(a.List[i], b.List[i], frame, depth + 1))
                    return false;
            }
            return true;
        }
        if (a.Map.Count != b.Map.Count)
            return false;
        for (var i = 0; i < a.Map.Count; i++)
        {
            if (!frame.Cost.Charge(1) || !AreEqual(a.Map.ValueAt(i), b.Map.Find(a.Map.KeyAt(i)), frame, depth + 1))
                return false;
        }
        return true;
    }

    /// <summary>Null when the values have no order: only numbers, strings and bools have one.</summary>
    public static int? Compare(in CelValue a, in CelValue b, TemplateFrame frame)
    {
        if (a.IsNumber && b.IsNumber)
            return CelNumbers.Compare(a, b);
        if (a.Kind != b.Kind)
            return null;
        if (a.Kind == CelKind.Bool)
            return a.AsInt.CompareTo(b.AsInt);
        if (a.Kind != CelKind.String)
            return null;
        frame.Cost.ChargeText(Math.Min(a.Length, b.Length));
        return a.Span.SequenceCompareTo(b.Span);
    }

    /// <summary>Undefined when there is no such part, or the value has none. Negative indices count from the end.</summary>
    public static CelValue Item(in CelValue value, in CelValue key, TemplateFrame frame)
    {
        switch (value.Kind)
        {
            case CelKind.Map:
                return CelKeyComparer.IsKey(key.Kind) && frame.Cost.ChargeText(key.Kind == CelKind.String ? key.Length : 0) ? value.Map.Find(key) : CelValue.Absent;
            case CelKind.List when key.Kind == CelKind.Int:
                var index = key.AsInt < 0 ? key.AsInt + value.List.Count : key.AsInt;
                return index >= 0 && index < value.List.Count ? value.List[(int)index] : CelValue.Absent;
            case CelKind.String when key.Kind == CelKind.Int:
                return Character(value, key.AsInt, frame);
            default:
                return CelValue.Absent;
        }
    }

    /// <summary>
    /// The elements of a list, the keys of a map (or lists of a key and its value), the characters of a string, nothing of what is
    /// undefined; null for anything else, and when it would cost too much.
    /// </summary>
    public static CelValue[]? ItemsOf(in CelValue value, bool withValues, TemplateFrame frame)
    {
        switch (value.Kind)
        {
            case CelKind.Absent:
                return [];
            case CelKind.List:
                if (!frame.Cost.Charge(value.List.Count))
                    return null;
                var elements = new CelValue[value.List.Count];
                for (var i = 0; i < elements.Length; i++)
                    elements[i] = value.List[i];
                return elements;
            case CelKind.Map:
                if (!frame.Cost.Charge(2L * value.Map.Count))
                    return null;
                var keys = new CelValue[value.Map.Count];
                for (var i = 0; i < keys.Length; i++)
                    keys[i] = withValues ? CelValue.Of(CelList.Of(value.Map.KeyAt(i), value.Map.ValueAt(i))) : value.Map.KeyAt(i);
                return keys;
            case CelKind.String:
                if (!frame.Cost.Charge(value.Length))
                    return null;
                var characters = new List<CelValue>(value.Length);
                for (int at = 0, length; at < value.Length; at += length)
                {
                    length = Utf8Text.LengthOfFirst(value.Span[at..]);
                    characters.Add(value.Slice(at, length));
                }
                return [.. characters];
            default:
                return null;
        }
    }

    public static CelValue ListOf(IReadOnlyCollection<CelValue> values) => CelValue.Of(new CelArray([.. values], values.Count));

    private static CelValue Character(in CelValue text, long index, TemplateFrame frame)
    {
        if (!frame.Cost.ChargeText(8L * text.Length))
            return CelErrors.Exhausted;
        if (index < 0)
            index += Utf8Text.CountOf(text.Span);
        var offset = Utf8Text.OffsetOf(text.Span, index);
        return offset < 0 || offset == text.Length ? CelValue.Absent : text.Slice(offset, Utf8Text.LengthOfFirst(text.Span[offset..]));
    }
}
