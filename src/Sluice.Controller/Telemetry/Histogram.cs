using System.Globalization;

namespace Sluice.Controller.Telemetry;

/// <summary>A Prometheus histogram of seconds.</summary>
internal sealed class Histogram(params double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private readonly Lock _lock = new();
    private double _sum;

    public void Observe(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        var bucket = 0;
        while (bucket < bounds.Length && seconds > bounds[bucket])
            bucket++;
        lock (_lock)
        {
            _counts[bucket]++;
            _sum += seconds;
        }
    }

    public void Write(PrometheusWriter writer, string name, string help)
    {
        writer.Declare(name, "histogram", help);
        lock (_lock)
        {
            var total = 0L;
            for (var i = 0; i < _counts.Length; i++)
            {
                total += _counts[i];
                var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                writer.Sample($"{name}_bucket", total, ("le", bound));
            }
            writer.Sample($"{name}_sum", _sum);
            writer.Sample($"{name}_count", total);
        }
    }
}
