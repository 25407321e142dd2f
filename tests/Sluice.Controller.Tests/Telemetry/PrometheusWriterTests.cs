using Sluice.Controller.Telemetry;

namespace Sluice.Controller.Tests.Telemetry;

public sealed class PrometheusWriterTests : IDisposable
{
    private readonly StringWriter _text = new();

    public void Dispose()
    {
        _text.Dispose();
    }

    [Fact]
    public void Sample_LabelValues_AreEscaped()
    {
        new PrometheusWriter(_text).Sample("a", 1.5, ("x", "q\"b\\n\n"), ("y", "z"));

        Assert.Equal("a{x=\"q\\\"b\\\\n\\n\",y=\"z\"} 1.5\n", _text.ToString());
    }

    [Fact]
    public void Histogram_Observations_AreCumulative()
    {
        var histogram = new Histogram(0.01, 0.1);
        histogram.Observe(TimeSpan.FromMilliseconds(5));
        histogram.Observe(TimeSpan.FromMilliseconds(50));
        histogram.Observe(TimeSpan.FromSeconds(5));

        histogram.Write(new PrometheusWriter(_text), "h", "Help.");

        Assert.Equal(
            """
            # HELP h Help.
            # TYPE h histogram
            h_bucket{le="0.01"} 1
            h_bucket{le="0.1"} 2
            h_bucket{le="+Inf"} 3
            h_sum 5.055
            h_count 3

            """,
            _text.ToString(),
            ignoreLineEndingDifferences: true);
    }
}
