using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Arithmetic, comparisons, "~" and "in". Whole numbers that overflow are an error, never a wrong number.</summary>
internal static class TemplateOperators
{
    public static CelValue Apply(string symbol, in CelValue a, in CelValue b, TemplateFrame frame)
    {
        switch (symbol)
        {
            case "==":
                return CelValue.Of(TemplateValues.AreEqual(a, b, frame));
            case "!=":
                return CelValue.Of(!TemplateValues.AreEqual(a, b, frame));
            case "<" or "<=" or ">" or ">=":
                return Compare(symbol, a, b, frame);
            case "~":
                return TemplateText.Concatenate([a, b], frame);
            case "in":
                return Contains(b, a, frame);
            case "+" when a.Kind == CelKind.String && b.Kind == CelKind.String:
                return TemplateText.Concatenate([a, b], frame);
            case "+" when a.Kind == CelKind.List && b.Kind == CelKind.List:
                return ListFunctions.Concatenate(a.List, b.List, frame.Cost);
            case "*" when a.Kind == CelKind.String && b.Kind == CelKind.Int:
                return Repeat(a, b.AsInt, frame);
            default:
                return a.IsNumber && b.IsNumber ? Calculate(symbol, a, b) : NoOperator(symbol, a, b);
        }
    }

    public static CelValue Contains(in CelValue container, in CelValue item, TemplateFrame frame)
    {
        switch (container.Kind)
        {
            case CelKind.Absent:
                return CelValue.False;
            case CelKind.Map:
                return CelValue.Of(CelKeyComparer.IsKey(item.Kind) && !container.Map.Find(item).IsAbsent);
            case CelKind.String when item.Kind == CelKind.String:
                return frame.Cost.ChargeText(container.Length + (4L * item.Length)) ? CelValue.Of(container.Span.IndexOf(item.Span) >= 0) : CelErrors.Exhausted;
            case CelKind.List:
                for (var i = 0; i < container.List.Count; i++)
                {
                    if (!frame.Cost.Charge(1))
                        return CelErrors.Exhausted;
                    if (TemplateValues.AreEqual(container.List[i], item, frame))
                        return CelValue.True;
                }
                return CelValue.False;
            default:
                return NoOperator("in", item, container);
        }
    }

    public static double NumberOf(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.UInt => value.AsUInt,
        _ => value.AsDouble,
    };

    private static CelValue Compare(string symbol, in CelValue a, in CelValue b, TemplateFrame frame)
    {
        if (TemplateValues.Compare(a, b, frame) is not { } order)
            return a.IsNumber && b.IsNumber ? CelValue.False : NoOperator(symbol, a, b);
        return CelValue.Of(symbol switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 });
    }

    private static CelValue Calculate(string symbol, in CelValue a, in CelValue b)
    {
        if (symbol == "/")
            return NumberOf(b) == 0 ? CelErrors.DivisionByZero : CelValue.Of(NumberOf(a) / NumberOf(b));
        if (a.Kind == CelKind.Double || b.Kind == CelKind.Double)
            return Calculate(symbol, NumberOf(a), NumberOf(b));
        Int128 x = a.Kind == CelKind.Int ? a.AsInt : a.AsUInt, y = b.Kind == CelKind.Int ? b.AsInt : b.AsUInt;
        switch (symbol)
        {
            case "+":
                return OfWhole(x + y);
            case "-":
                return OfWhole(x - y);
            case "*":
                return OfWhole(x * y);
            case "**":
                return Power(x, y);
            case "//" or "%" when y == 0:
                return symbol == "%" ? CelErrors.ModulusByZero : CelErrors.DivisionByZero;
            case "//":
                return OfWhole(Int128.IsNegative(x) != Int128.IsNegative(y) && x % y != 0 ? (x / y) - 1 : x / y);
            default:
                var rest = x % y;
                return OfWhole(rest != 0 && Int128.IsNegative(rest) != Int128.IsNegative(y) ? rest + y : rest);
        }
    }

    private static CelValue Calculate(string symbol, double x, double y) => symbol switch
    {
        "+" => CelValue.Of(x + y),
        "-" => CelValue.Of(x - y),
        "*" => CelValue.Of(x * y),
        "**" => CelValue.Of(Math.Pow(x, y)),
        "//" when y == 0 => CelErrors.DivisionByZero,
        "//" => CelValue.Of(Math.Floor(x / y)),
        _ when y == 0 => CelErrors.ModulusByZero,
        _ => CelValue.Of(x - (Math.Floor(x / y) * y)),
    };

    // At most 64 turns: beyond, every whole number but -1, 0 and 1 has overflown.
    private static CelValue Power(Int128 number, Int128 exponent)
    {
        if (exponent < 0)
            return CelValue.Of(Math.Pow((double)number, (double)exponent));
        if (number is var small && (small == 0 || small == 1 || small == -1))
            return OfWhole(exponent == 0 ? 1 : small == -1 && exponent % 2 == 0 ? 1 : small);
        Int128 result = 1;
        for (; exponent > 0; exponent--)
        {
            result *= number;
            if (result > ulong.MaxValue || result < long.MinValue)
                return CelErrors.Overflow;
        }
        return OfWhole(result);
    }

    private static CelValue OfWhole(Int128 value) =>
        value > long.MaxValue && value <= ulong.MaxValue ? CelValue.Of((ulong)value) : ArithmeticFunctions.OfInt(value);

    private static CelValue Repeat(in CelValue text, long count, TemplateFrame frame)
    {
        count = Math.Max(0, count);
        if (count > int.MaxValue || text.Length * count > int.MaxValue || !frame.Cost.ChargeText(text.Length * count))
            return CelErrors.Exhausted;
        var result = new byte[text.Length * (int)count];
        for (var i = 0; i < result.Length; i += text.Length)
            text.Span.CopyTo(result.AsSpan(i));
        return CelValue.Utf8(result);
    }

    private static CelValue NoOperator(string symbol, in CelValue a, in CelValue b) =>
        CelValue.Failure($"\"{symbol}\" cannot be used between {TemplateValues.NameOf(a)} and {TemplateValues.NameOf(b)}");
}
