using System.Globalization;

namespace Sluice.ApiServer.Tables;

/// <summary>Ages as kubectl's users know them: "42s", "5m10s", "3h", "2d4h", "1y20d".</summary>
internal static class HumanDuration
{
    public static string Since(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now - time;
        if (age < TimeSpan.FromSeconds(-1))
            return "<invalid>";
        var seconds = Math.Max(0, (long)age.TotalSeconds);
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
        return seconds switch
        {
            < 120 => $"{seconds}s",
            < 600 => seconds % 60 == 0 ? $"{minutes}m" : $"{minutes}m{seconds % 60}s",
            < 3 * 3600 => $"{minutes}m",
            < 8 * 3600 => minutes % 60 == 0 ? $"{hours}h" : $"{hours}h{minutes % 60}m",
            < 48 * 3600 => $"{hours}h",
            < 8 * 86400 => hours % 24 == 0 ? $"{days}d" : $"{days}d{hours % 24}h",
            < 2 * 365 * 86400 => $"{days}d",
            < 8L * 365 * 86400 => days % 365 == 0 ? $"{days / 365}y" : $"{days / 365}y{days % 365}d",
            _ => $"{days / 365}y",
        };
    }

    /// <summary>The age of what an RFC 3339 time says; "&lt;unknown&gt;" when it says nothing.</summary>
    public static string Since(string? time, DateTimeOffset now) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? Since(parsed, now) : "<unknown>";
}
