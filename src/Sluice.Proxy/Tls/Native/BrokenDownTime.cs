using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Native;

/// <summary>struct tm of time.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BrokenDownTime
{
    public int Second;
    public int Minute;
    public int Hour;
    public int Day;
    public int MonthFromZero;
    public int YearSince1900;
    public int WeekDay;
    public int YearDay;
    public int IsDaylightSaving;
    public nint UtcOffset;
    public nint Zone;

    /// <summary>The year 0, which certificates can write, becomes the first that the platform knows.</summary>
    public readonly DateTimeOffset ToUtc() => new(Math.Max(1, YearSince1900 + 1900), MonthFromZero + 1, Day, Hour, Minute, Math.Min(Second, 59), TimeSpan.Zero);
}
