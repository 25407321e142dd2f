using System.Globalization;
using System.Text;

namespace Sluice.Exporter.Rendering;

/// <summary>Numbers in the shortest form that reads back as the same, with an exponent from 1e+06 up and below 1e-04.</summary>
internal static class NumberText
{
    private const int MaxLength = 32;

    public static void Append(ByteBuffer target, double value)
    {
        if (value is >= 0 and < 1_000_000 && Math.Floor(value) == value)
        {
            var room = target.Reserve(MaxLength);
            ((int)value).TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
            target.Truncate(target.Length - MaxLength + written);
            return;
        }

        target.Append(Encoding.ASCII.GetBytes(Format(value)));
    }

    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";

        // "-1.25E-07", with as many digits as are needed.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var parts = text[sign.Length..].Split('E');
        var whole = parts[0].Split('.');
        var exponent = (parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) + whole[0].Length - 1;
        var digits = whole[0] + (whole.Length == 2 ? whole[1] : "");
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        if (digits.Length == 0)
            return $"{sign}0";
        exponent -= leading;
        if (exponent is < -4 or >= 6)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1 ? sign + digits.PadRight(exponent + 1, '0') : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
