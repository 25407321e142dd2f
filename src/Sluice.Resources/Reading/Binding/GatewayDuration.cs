namespace Sluice.Resources.Reading.Binding;

/// <summary>GEP-2257 durations: ([0-9]{1,5}(h|m|s|ms)){1,4}.</summary>
internal static class GatewayDuration
{
    private const int MaxParts = 4;
    private const int MaxDigits = 5;

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var parts = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (++parts > MaxParts || digits is < 1 or > MaxDigits)
                return false;
            var number = int.Parse(text[..digits], System.Globalization.CultureInfo.InvariantCulture);
            text = text[digits..];
            var length = text.StartsWith("ms") ? 2 : 1;
            var unit = length == 2 ? TimeSpan.TicksPerMillisecond : text[0] switch
            {
                'h' => TimeSpan.TicksPerHour,
                'm' => TimeSpan.TicksPerMinute,
                's' => TimeSpan.TicksPerSecond,
                _ => 0,
            };
            if (unit == 0)
                return false;
            value += TimeSpan.FromTicks(number * unit);
            text = text[length..];
        }

        return parts > 0;
    }
}
