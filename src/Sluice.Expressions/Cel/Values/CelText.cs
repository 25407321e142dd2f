using System.Globalization;
using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>Values as text.</summary>
internal static class CelText
{
    private const int MaxDescribed = 80;

    /// <summary>The shortest text that is the number again, as the language writes it.</summary>
    public static string OfDouble(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString(Math.Abs(value) is >= 1e-4 and < 1e21 or 0 ? "0.####################" : "R", CultureInfo.InvariantCulture) is var text
            && double.Parse(text, CultureInfo.InvariantCulture) == value ? text : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Describe(in CelValue value) => value.Kind switch
    {
        CelKind.Absent => "absent",
        CelKind.Error => $"error: {value.Error}",
        CelKind.Null => "null",
        CelKind.Bool => value.IsTrue ? "true" : "false",
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.UInt => value.AsUInt.ToString(CultureInfo.InvariantCulture) + "u",
        CelKind.Double => value.AsDouble.ToString("R", CultureInfo.InvariantCulture),
        CelKind.String => $"'{Short(value.Span)}'",
        CelKind.Bytes => $"{value.Length} bytes",
        CelKind.List => $"[{string.Join(", ", Enumerable.Range(0, Math.Min(value.List.Count, MaxDescribed)).Select(ItemOf(value.List)))}]",
        CelKind.Map => $"{{{string.Join(", ", Enumerable.Range(0, Math.Min(value.Map.Count, MaxDescribed)).Select(EntryOf(value.Map)))}}}",
        CelKind.Timestamp => CelTime.Format(value),
        CelKind.Duration => CelTime.FormatDuration(value.AsInt),
        CelKind.Type => value.Type.ToString(),
        CelKind.Ip => value.Address.ToString(),
        _ => value.Range.ToString(),
    };

    private static Func<int, string> ItemOf(CelList list) => index => Describe(list[index]);

    private static Func<int, string> EntryOf(CelMap map) => index => $"{Describe(map.KeyAt(index))}: {Describe(map.ValueAt(index))}";

    private static string Short(ReadOnlySpan<byte> text) =>
        text.Length <= MaxDescribed ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..MaxDescribed]) + "…";
}
