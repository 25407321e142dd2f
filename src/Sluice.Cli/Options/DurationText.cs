using System.Globalization;

namespace Sluice.Cli.Options;

/// <summary>A number with a unit: "250ms", "1.5s", "2m".</summary>
internal static class DurationText
{
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        var (factor, unit) = text switch
        {
            [.., 'm', 's'] => (0.001, 2),
            [.., 's'] => (1.0, 1),
            [.., 'm'] => (60.0, 1),
            _ => (0, 0),
        };
        duration = default;
        if (unit == 0 || !double.TryParse(text[..^unit], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number * factor > 3600)
            return false;
        duration = TimeSpan.FromSeconds(number * factor);
        return true;
    }
}
