using System.Globalization;
using System.Text;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>A time format of strftime, for UTC (<see cref="Configuration.Telemetry.Formats.TimeFormat"/> says which conversions there are).</summary>
internal sealed class TimePattern(string format)
{
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    private readonly byte[] _format = Encoding.UTF8.GetBytes(format);

    /// <summary>The bytes written; what does not fit is cut.</summary>
    public int Write(long ticks, Span<byte> target)
    {
        var writer = new Writer(target);
        Write(ref writer, _format, new DateTime(ticks, DateTimeKind.Utc));
        return writer.Length;
    }

    private static void Write(ref Writer writer, ReadOnlySpan<byte> format, DateTime time)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                writer.Add(format[i]);
                continue;
            }

            var conversion = format[++i];
            if (conversion is >= (byte)'1' and <= (byte)'9' && i + 1 < format.Length)
            {
                writer.AddFraction(time, conversion - '0');
                i++;
                continue;
            }

            Convert(ref writer, conversion, time);
        }
    }

    private static void Convert(ref Writer writer, byte conversion, DateTime time)
    {
        var hour12 = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        switch ((char)conversion)
        {
            case 'Y': writer.Add(time.Year, 4, '0'); break;
            case 'y': writer.Add(time.Year % 100, 2, '0'); break;
            case 'm': writer.Add(time.Month, 2, '0'); break;
            case 'd': writer.Add(time.Day, 2, '0'); break;
            case 'e': writer.Add(time.Day, 2, ' '); break;
            case 'H': writer.Add(time.Hour, 2, '0'); break;
            case 'I': writer.Add(hour12, 2, '0'); break;
            case 'M': writer.Add(time.Minute, 2, '0'); break;
            case 'S': writer.Add(time.Second, 2, '0'); break;
            case 'p': writer.Add(time.Hour < 12 ? "AM" : "PM"); break;
            case 'j': writer.Add(time.DayOfYear, 3, '0'); break;
            case 'a': writer.Add(Days[(int)time.DayOfWeek].AsSpan(0, 3)); break;
            case 'A': writer.Add(Days[(int)time.DayOfWeek]); break;
            case 'b' or 'h': writer.Add(Months[time.Month - 1].AsSpan(0, 3)); break;
            case 'B': writer.Add(Months[time.Month - 1]); break;
            case 's': writer.Add((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond, 1, '0'); break;
            case 'F': Write(ref writer, "%Y-%m-%d"u8, time); break;
            case 'T': Write(ref writer, "%H:%M:%S"u8, time); break;
            case 'D': Write(ref writer, "%m/%d/%y"u8, time); break;
            case 'R': Write(ref writer, "%H:%M"u8, time); break;
            case 'z': writer.Add("+0000"); break;
            case 'Z': writer.Add("UTC"); break;
            case 'f': writer.AddFraction(time, 9); break;
            case 'n': writer.Add((byte)'\n'); break;
            case 't': writer.Add((byte)'\t'); break;
            default: writer.Add((byte)'%'); break;
        }
    }

    private ref struct Writer(Span<byte> target)
    {
        private readonly Span<byte> _target = target;

        public int Length { get; private set; }

        public void Add(byte value)
        {
            if (Length < _target.Length)
                _target[Length++] = value;
        }

        public void Add(ReadOnlySpan<char> text)
        {
            foreach (var character in text)
                Add((byte)character);
        }

        public void Add(long value, int width, char fill)
        {
            Span<byte> digits = stackalloc byte[20];
            System.Buffers.Text.Utf8Formatter.TryFormat(value, digits, out var length);
            for (; width > length; width--)
                Add((byte)fill);
            foreach (var digit in digits[..length])
                Add(digit);
        }

        public void AddFraction(DateTime time, int digits)
        {
            var nanoseconds = time.Ticks % TimeSpan.TicksPerSecond * 100;
            for (var i = digits; i < 9; i++)
                nanoseconds /= 10;
            Add(nanoseconds, digits, '0');
        }
    }
}
