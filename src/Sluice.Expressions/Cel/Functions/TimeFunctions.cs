using System.Text;
using static Sluice.Expressions.Cel.CelOverload;
using static Sluice.Expressions.Cel.CelType;

namespace Sluice.Expressions.Cel;

/// <summary>Getters of timestamps (in UTC or another zone) and durations.</summary>
internal static class TimeFunctions
{
    /// <summary>Getters by name. Months and days count from 0, but getDate from 1, as the language has it.</summary>
    public static IReadOnlyDictionary<string, Func<DateTime, long>> Getters { get; } = new Dictionary<string, Func<DateTime, long>>
    {
        ["getFullYear"] = time => time.Year,
        ["getMonth"] = time => time.Month - 1,
        ["getDate"] = time => time.Day,
        ["getDayOfMonth"] = time => time.Day - 1,
        ["getDayOfWeek"] = time => (long)time.DayOfWeek,
        ["getDayOfYear"] = time => time.DayOfYear - 1,
        ["getHours"] = time => time.Hour,
        ["getMinutes"] = time => time.Minute,
        ["getSeconds"] = time => time.Second,
    };

    public static IEnumerable<CelOverload> All { get; } =
    [
        .. Getters.SelectMany(getter => Of(getter.Key, getter.Value)),
        Method("getMilliseconds", [CelType.Timestamp], Int, static (in a, in _, in _, _) => CelValue.Of(a.Nanoseconds / 1_000_000L)),
        Method("getMilliseconds", [CelType.Timestamp, CelType.String], Int, static (in a, in b, in _, _) => TryZone(b, out _) ? CelValue.Of(a.Nanoseconds / 1_000_000L) : CelErrors.InvalidZone),
        Method("getHours", [CelType.Duration], Int, static (in a, in _, in _, _) => CelValue.Of(a.AsInt / (3600 * CelTime.Second))),
        Method("getMinutes", [CelType.Duration], Int, static (in a, in _, in _, _) => CelValue.Of(a.AsInt / (60 * CelTime.Second))),
        Method("getSeconds", [CelType.Duration], Int, static (in a, in _, in _, _) => CelValue.Of(a.AsInt / CelTime.Second)),
        Method("getMilliseconds", [CelType.Duration], Int, static (in a, in _, in _, _) => CelValue.Of(a.AsInt % CelTime.Second / 1_000_000)),
    ];

    public static CelValue Add(in CelValue timestamp, Int128 nanoseconds)
    {
        var total = ((Int128)timestamp.AsInt * CelTime.Second) + timestamp.Nanoseconds + nanoseconds;
        var (seconds, rest) = Int128.DivRem(total, CelTime.Second);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + CelTime.Second);
        return seconds < CelTime.FirstSecond || seconds > CelTime.LastSecond ? CelErrors.Overflow : CelValue.Timestamp((long)seconds, (int)rest);
    }

    private static IEnumerable<CelOverload> Of(string name, Func<DateTime, long> getter) =>
    [
        Method(name, [CelType.Timestamp], Int, (in a, in _, in _, _) => CelValue.Of(getter(CelTime.ToDateTime(a)))),
        Method(name, [CelType.Timestamp, CelType.String], Int, (in a, in b, in _, _) =>
        {
            if (!TryZone(b, out var offset))
                return CelErrors.InvalidZone;
            var ticks = CelTime.ToDateTime(a).Ticks + offset.Ticks;
            return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? CelErrors.Overflow : CelValue.Of(getter(new DateTime(ticks)));
        }),
    ];

    private static bool TryZone(in CelValue text, out TimeSpan offset)
    {
        Span<char> characters = stackalloc char[8];
        offset = default;
        return text.Length <= characters.Length && Encoding.UTF8.TryGetChars(text.Span, characters, out var count) && CelTime.TryParseOffset(characters[..count], out offset);
    }
}
