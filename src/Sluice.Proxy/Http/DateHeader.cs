using System.Buffers.Text;

namespace Sluice.Proxy.Http;

/// <summary>The Date value of a worker (RFC 9110 6.6.1), composed once a second.</summary>
internal sealed class DateHeader
{
    private readonly byte[] _value = new byte[29];
    private long _second = long.MinValue;

    public ReadOnlySpan<byte> Value
    {
        get
        {
            var now = DateTime.UtcNow;
            var second = now.Ticks / TimeSpan.TicksPerSecond;
            if (second != _second)
            {
                _second = second;
                Utf8Formatter.TryFormat(now, _value, out _, 'R');
            }

            return _value;
        }
    }
}
