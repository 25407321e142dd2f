using System.Globalization;
using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Values as text, as templates write them: nothing for what is undefined, lists and maps as JSON.</summary>
internal static class TemplateText
{
    private static readonly CelValue True = CelValue.Of("true");
    private static readonly CelValue False = CelValue.Of("false");
    private static readonly CelValue None = CelValue.Of("none");

    /// <summary>A String, or an Error.</summary>
    public static CelValue Of(in CelValue value, TemplateFrame frame) => value.Kind switch
    {
        CelKind.String or CelKind.Error => value,
        CelKind.Absent => CelValue.EmptyString,
        CelKind.Null => None,
        CelKind.Bool => value.IsTrue ? True : False,
        CelKind.Int => CelValue.Of(value.AsInt.ToString(CultureInfo.InvariantCulture)),
        CelKind.UInt => CelValue.Of(value.AsUInt.ToString(CultureInfo.InvariantCulture)),
        CelKind.Double => CelValue.Of(OfDouble(value.AsDouble)),
        CelKind.Bytes => value.As(CelKind.String),
        _ => Json(value, isIndented: false, frame),
    };

    /// <summary>JSON as text, or an Error when there is none or it would cost too much.</summary>
    public static CelValue Json(in CelValue value, bool isIndented, TemplateFrame frame)
    {
        var text = new JsonText(frame.Cost.ChargeText, isIndented);
        if (text.TryWrite(value))
            return CelValue.Utf8(text.ToArray());
        return text.IsExhausted ? CelErrors.Exhausted : CelValue.Failure($"{TemplateValues.NameOf(value)} has no JSON");
    }

    public static CelValue Concatenate(ReadOnlySpan<CelValue> texts, TemplateFrame frame) => Join(texts, default, frame);

    /// <summary>The texts of the values with something between them.</summary>
    public static CelValue Join(ReadOnlySpan<CelValue> values, ReadOnlySpan<byte> separator, TemplateFrame frame)
    {
        var result = new List<byte>();
        for (var i = 0; i < values.Length; i++)
        {
            var text = Of(values[i], frame);
            if (text.IsError)
                return text;
            if (!frame.Cost.ChargeText((long)text.Length + separator.Length))
                return CelErrors.Exhausted;
            if (i > 0)
                result.AddRange(separator);
            result.AddRange(text.Span);
        }
        return CelValue.Utf8([.. result]);
    }

    /// <summary>A text made by a function on UTF-16, for what depends on Unicode.</summary>
    public static CelValue Map(in CelValue value, Func<string, string> change, TemplateFrame frame)
    {
        var text = Of(value, frame);
        if (text.IsError)
            return text;
        return frame.Cost.ChargeText(4L * text.Length) ? CelValue.Of(change(Encoding.UTF8.GetString(text.Span))) : CelErrors.Exhausted;
    }

    private static string OfDouble(double value) =>
        double.IsFinite(value) && value == Math.Truncate(value) && Math.Abs(value) < 1e15 ? value.ToString("0.0", CultureInfo.InvariantCulture) : CelText.OfDouble(value);
}
