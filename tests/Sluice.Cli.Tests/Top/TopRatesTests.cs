using Sluice.Cli.Output;
using Sluice.Cli.Top;
using Sluice.Controller.Reports;

namespace Sluice.Cli.Tests.Top;

public sealed class TopRatesTests
{
    private static readonly double[] Bounds = [10, 100];

    [Fact]
    public void Rates_AreDifferencesOverTheTimeBetween()
    {
        var before = Report(1000, Route("a", 100, [0, 90, 0, 0, 10], [100, 0, 0], received: 50, sent: 1000));
        var after = Report(3000, Route("a", 120, [0, 106, 0, 0, 14], [110, 10, 0], received: 70, sent: 3000, active: 3, retries: 4));

        var row = Assert.Single(TopRates.Between(before, after, TopSort.Rate).Rows);

        Assert.Equal((10, 2, 2, 10, 1000, 3), (row.RequestsPerSecond, row.ErrorsPerSecond, row.RetriesPerSecond, row.ReceivedBytesPerSecond, row.SentBytesPerSecond, row.Active));
        Assert.Equal(10, row.P50Milliseconds);
        Assert.Equal(98.2, row.P99Milliseconds!.Value, 1);
    }

    [Fact]
    public void Route_ThatIsNewOrHasBegunAnew_CountsFromZero()
    {
        var before = Report(0, Route("again", 500, [0, 500, 0, 0, 0], [500, 0, 0]));
        var after = Report(1000, Route("again", 5, [0, 5, 0, 0, 0], [5, 0, 0]), Route("new", 7, [0, 7, 0, 0, 0], [7, 0, 0]));

        var rates = TopRates.Between(before, after, TopSort.Rate);

        Assert.Equal([("new", 7.0), ("again", 5.0)], rates.Rows.Select(row => (row.Route, row.RequestsPerSecond)));
        Assert.Equal(12, rates.RequestsPerSecond);
    }

    [Fact]
    public void Route_WithoutRequests_IsCountedOnly()
    {
        var idle = Report(0, Route("idle", 5, [0, 5, 0, 0, 0], [5, 0, 0]));

        var rates = TopRates.Between(idle, idle with { At = 1000 }, TopSort.Rate);

        Assert.Empty(rates.Rows);
        Assert.Equal(1, rates.IdleRules);
    }

    [Theory]
    [InlineData(nameof(TopSort.Rate), "often")]
    [InlineData(nameof(TopSort.Errors), "broken")]
    [InlineData(nameof(TopSort.Latency), "slow")]
    [InlineData(nameof(TopSort.Bytes), "large")]
    public void Sort_SaysWhatComesFirst(string sort, string expected)
    {
        var after = Report(
            1000,
            Route("often", 100, [0, 100, 0, 0, 0], [100, 0, 0]),
            Route("broken", 10, [0, 0, 0, 0, 10], [10, 0, 0]),
            Route("slow", 2, [0, 2, 0, 0, 0], [0, 0, 2]),
            Route("large", 3, [0, 3, 0, 0, 0], [3, 0, 0], sent: 1_000_000));

        Assert.Equal(expected, TopRates.Between(Report(0), after, Enum.Parse<TopSort>(sort)).Rows[0].Route);
    }

    [Theory]
    [InlineData(0.5, new long[] { 0, 0, 0 }, null)]
    [InlineData(0.5, new long[] { 4, 0, 0 }, 5.0)]
    [InlineData(0.5, new long[] { 0, 4, 0 }, 55.0)]
    [InlineData(0.99, new long[] { 1, 1, 98 }, 100.0)]
    public void Quantile_IsEstimatedWithinItsBucket(double quantile, long[] buckets, double? expected) =>
        Assert.Equal(expected, TopRates.Quantile(quantile, buckets, Bounds));

    [Fact]
    public void Text_HasAlignedColumnsAndSaysWhatIsLeftOut()
    {
        var rates = TopRates.Between(
            Report(0),
            Report(2000, Route("HTTPRoute/demo/shop", 100, [0, 90, 0, 0, 10], [100, 0, 0], sent: 3_000_000), Route("b", 1, [0, 1, 0, 0, 0], [0, 1, 0])),
            TopSort.Rate);
        var writer = new StringWriter();

        TopText.Write(rates, new Terminal(writer, hasColour: false), maxRows: 1);

        Assert.Equal(
            """
            50.5 requests/s, 5.0 answered with 5xx, 0 active, over 2.0 s

            ROUTE                RULE  GATEWAY  LISTENER  REQ/S  5XX/S  P50    P99    IN/S  OUT/S  RETRIES/S  ACTIVE
            HTTPRoute/demo/shop  0     ns/gw    http      50.0   5.0    5.0ms  9.9ms  0B    1.5MB  0.0        0
            … and 1 more

            """,
            writer.ToString());
    }

    private static TopReport Report(long at, params TopRouteReport[] routes) => new() { Instance = "i", At = at, BucketBounds = Bounds, Routes = routes };

    private static TopRouteReport Route(string name, long requests, long[] classes, long[] buckets, long received = 0, long sent = 0, long active = 0, long retries = 0) => new()
    {
        Gateway = "ns/gw",
        Listener = "http",
        Route = name,
        Rule = "0",
        Requests = requests,
        Active = active,
        Classes = classes,
        Retries = retries,
        ReceivedBytes = received,
        SentBytes = sent,
        Buckets = buckets,
    };
}
