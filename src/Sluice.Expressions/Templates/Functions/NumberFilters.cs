using System.Buffers.Text;
using System.Globalization;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Filters on numbers, and those that make numbers of text.</summary>
internal static class NumberFilters
{
    private const int MaxDigits = 400;

    public static IEnumerable<TemplateFunction> All { get; } =
    [
        Filter("abs", [], static (_, arguments) => Abs(arguments[0])),
        Filter("int", ["default"], static (_, arguments) => ToInt(arguments[0], arguments[1])),
        Filter("float", ["default"], static (_, arguments) => ToDouble(arguments[0], arguments[1])),
        Filter("bool", [], static (_, arguments) => CelValue.Of(TemplateValues.IsTruthy(arguments[0]))),
        Filter("round", ["precision", "method"], static (_, arguments) => Round(arguments[0], arguments[1], arguments[2])),
    ];

    private static TemplateFunction Filter(string name, string[] parameters, TemplateImplementation implementation) => new("filter", name, parameters, 0, implementation);

    private static CelValue Abs(in CelValue value) => value.Kind switch
    {
        CelKind.Int => ArithmeticFunctions.OfInt(Int128.Abs(value.AsInt)),
        CelKind.UInt => value,
        CelKind.Double => CelValue.Of(Math.Abs(value.AsDouble)),
        _ => NoNumber("abs", value),
    };

    private static CelValue ToInt(in CelValue value, in CelValue otherwise)
    {
        switch (value.Kind)
        {
            case CelKind.Int or CelKind.UInt:
                return value;
            case CelKind.Bool:
                return CelValue.Of(value.IsTrue ? 1L : 0L);
            case CelKind.Double when Math.Abs(value.AsDouble) < 9223372036854775808.0:
                return CelValue.Of((long)value.AsDouble);
            case CelKind.String:
                var text = value.Span.Trim(" \t\r\n"u8);
                if (Utf8Parser.TryParse(text, out long whole, out var read) && read == text.Length && read > 0)
                    return CelValue.Of(whole);
                if (TryParse(text, out var number) && Math.Abs(number) < 9223372036854775808.0)
                    return CelValue.Of((long)number);
                break;
        }
        return otherwise.IsAbsent ? NoNumber("int", value) : otherwise;
    }

    private static CelValue ToDouble(in CelValue value, in CelValue otherwise)
    {
        if (value.IsNumber)
            return CelValue.Of(TemplateOperators.NumberOf(value));
        if (value.Kind == CelKind.Bool)
            return CelValue.Of(value.IsTrue ? 1.0 : 0.0);
        if (value.Kind == CelKind.String && TryParse(value.Span.Trim(" \t\r\n"u8), out var number))
            return CelValue.Of(number);
        return otherwise.IsAbsent ? NoNumber("float", value) : otherwise;
    }

    private static CelValue Round(in CelValue value, in CelValue precision, in CelValue method)
    {
        if (!value.IsNumber)
            return NoNumber("round", value);
        if (value.Kind != CelKind.Double)
            return value;
        var digits = precision.Kind == CelKind.Int ? precision.AsInt : 0;
        if (digits is < 0 or > 15)
            return CelValue.Failure("the precision of round must be a number from 0 to 15");
        var factor = Math.Pow(10, digits);
        if (method.Kind == CelKind.String && method.Span.SequenceEqual("ceil"u8))
            return CelValue.Of(Math.Ceiling(value.AsDouble * factor) / factor);
        if (method.Kind == CelKind.String && method.Span.SequenceEqual("floor"u8))
            return CelValue.Of(Math.Floor(value.AsDouble * factor) / factor);
        return CelValue.Of(Math.Round(value.AsDouble, (int)digits, MidpointRounding.AwayFromZero));
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        return text.Length <= MaxDigits && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    private static CelValue NoNumber(string filter, in CelValue value) =>
        CelValue.Failure($"the filter \"{filter}\" makes no number of {TemplateValues.NameOf(value)}{(filter is "int" or "float" ? $": give it a default, as in {filter}(0)" : "")}");
}
