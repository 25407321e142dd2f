using System.Globalization;
using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>Timestamps (years 1 to 9999, nanoseconds) and durations (nanoseconds in 64 bits, ±292 years) as text and back.</summary>
internal static class CelTime
{
    public const long Second = 1_000_000_000;
    public const long FirstSecond = -62135596800;
    public const long LastSecond = 253402300799;
    private const int MaxText = 64;

    public static bool IsInRange(long seconds) => seconds is >= FirstSecond and <= LastSecond;

    public static DateTime ToDateTime(in CelValue timestamp) => DateTime.UnixEpoch.AddSeconds(timestamp.AsInt);

    /// <summary>RFC 3339 with as many digits of the second as are needed.</summary>
    public static string Format(in CelValue timestamp) =>
        ToDateTime(timestamp).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(timestamp.Nanoseconds) + "Z";

    /// <summary>Seconds, as in "90s" or "-1.5s".</summary>
    public static string FormatDuration(long nanoseconds)
    {
        var magnitude = (ulong)Int128.Abs(nanoseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(nanoseconds < 0 ? "-" : "")}{magnitude / Second}{Fraction((int)(magnitude % Second))}s");
    }

    /// <summary>RFC 3339 date-time. False when the text is none, or out of range.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out CelValue value)
    {
        value = default;
        if (utf8.Length is < 20 or > MaxText || !Ascii.IsValid(utf8))
            return false;
        var text = Encoding.ASCII.GetString(utf8).AsSpan();
        if (!DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return false;
        var rest = text[19..];
        var nanoseconds = 0;
        if (rest[0] == '.')
        {
            var digits = 1;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
                digits++;
            if (digits is 1 or > 10)
                return false;
            nanoseconds = int.Parse(rest[1..digits], CultureInfo.InvariantCulture);
            for (var i = digits; i < 10; i++)
                nanoseconds *= 10;
            rest = rest[digits..];
        }
        if (rest is not ("Z" or "z") && rest.Length != 6)
            return false;
        if (!TryParseOffset(rest is "z" ? "Z" : rest, out var offset))
            return false;
        var seconds = ((date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - (long)offset.TotalSeconds;
        value = CelValue.Timestamp(seconds, nanoseconds);
        return IsInRange(seconds);
    }

    /// <summary>"Z", "UTC", "+02:00", "-02:00" or "02:00".</summary>
    public static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "UTC" or "")
            return true;
        var isNegative = text[0] == '-';
        if (text[0] is '+' or '-')
            text = text[1..];
        if (text.Length != 5 || text[2] != ':' || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]) || !char.IsAsciiDigit(text[3]) || !char.IsAsciiDigit(text[4]))
            return false;
        int hours = ((text[0] - '0') * 10) + text[1] - '0', minutes = ((text[3] - '0') * 10) + text[4] - '0';
        if (hours > 23 || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (isNegative)
            offset = -offset;
        return true;
    }

    /// <summary>Numbers with units h, m, s, ms, us, ns, as in "1h30m" or "-1.5s".</summary>
    public static bool TryParseDuration(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length is 0 or > MaxText)
            return false;
        var isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+')
            text = text[1..];
        if (text is [(byte)'0'])
            return true;
        if (text.Length == 0)
            return false;
        Int128 total = 0;
        while (text.Length > 0)
        {
            var digits = 0;
            while (digits < text.Length && (text[digits] is >= (byte)'0' and <= (byte)'9' or (byte)'.'))
                digits++;
            if (!decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue)
                return false;
            text = text[digits..];
            if (!TryTakeUnit(ref text, out var unit))
                return false;
            total += (Int128)(decimal.Truncate(number) * 1) * unit;
            total += (Int128)((number - decimal.Truncate(number)) * unit);
        }
        total = isNegative ? -total : total;
        nanoseconds = (long)total;
        return total == nanoseconds;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<byte> text, out long unit)
    {
        (unit, var length) = text.StartsWith("ns"u8) ? (1L, 2) : text.StartsWith("us"u8) ? (1000L, 2) : text.StartsWith("ms"u8) ? (1_000_000L, 2)
            : text.StartsWith("s"u8) ? (Second, 1) : text.StartsWith("m"u8) ? (60 * Second, 1) : text.StartsWith("h"u8) ? (3600 * Second, 1) : (0L, 0);
        text = text[length..];
        return length > 0;
    }

    private static string Fraction(int nanoseconds) =>
        nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
}
