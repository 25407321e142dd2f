namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>
/// What START_TIME takes as an argument: strftime's conversions for UTC, and fractions of a second as Envoy has them: %f
/// (nanoseconds), %1f to %9f.
/// </summary>
public static class TimeFormat
{
    /// <summary>Conversions that need no number in front.</summary>
    public const string Conversions = "YymdeHIMSpjaAbBhsFTDRzZfnt%";

    /// <summary>What is wrong, or null.</summary>
    public static string? Check(string format)
    {
        ArgumentNullException.ThrowIfNull(format);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
                continue;
            i++;
            if (i + 1 < format.Length && format[i] is >= '1' and <= '9' && format[i + 1] == 'f')
                i++;
            else if (i >= format.Length)
                return "a \"%\" stands at the end of the time format";
            else if (!Conversions.Contains(format[i], StringComparison.Ordinal))
                return $"\"%{format[i]}\" is no conversion of time that is known; there are %{string.Join(" %", Conversions.ToCharArray())} and %1f to %9f";
        }

        return null;
    }
}
