using Sluice.Exporter.Exposition;

namespace Sluice.Exporter.Tests.Exposition;

public sealed class AcceptHeaderTests
{
    [Theory]
    [InlineData(null, ExpositionFormat.Text)]
    [InlineData("", ExpositionFormat.Text)]
    [InlineData("*/*", ExpositionFormat.Text)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ExpositionFormat.Text)]
    [InlineData("application/json", ExpositionFormat.Text)]
    [InlineData("application/openmetrics-text", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", ExpositionFormat.OpenMetricsDraft)]
    [InlineData("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5", ExpositionFormat.Text)]
    [InlineData("application/openmetrics-text;version=2.0.0", ExpositionFormat.Text)]
    [InlineData("application/openmetrics-text;q=0", ExpositionFormat.Text)]
    [InlineData("APPLICATION/OpenMetrics-Text ; VERSION=\"1.0.0\" ; Q=1.0", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;q=banana", ExpositionFormat.Text)]
    [InlineData("application/openmetrics-text;q=7, text/plain;q=0.1", ExpositionFormat.Text)]
    [InlineData(";;;,,,=;q", ExpositionFormat.Text)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6", ExpositionFormat.Text)]
    public void Format_IsTheBestThatIsAcceptedOrText(string? accept, ExpositionFormat expected) => Assert.Equal(expected, AcceptHeader.FormatOf(accept));

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("gzip", true)]
    [InlineData("deflate, GZIP;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("*", true)]
    [InlineData("*;q=0", false)]
    [InlineData("identity, br", false)]
    [InlineData("gzip;q=nonsense", false)]
    public void Gzip_IsTakenWhereItIsAccepted(string? acceptEncoding, bool expected) => Assert.Equal(expected, AcceptHeader.TakesGzip(acceptEncoding));

    [Fact]
    public void Accept_OfManyEntries_IsReadToALimit() =>
        Assert.Equal(ExpositionFormat.Text, AcceptHeader.FormatOf(string.Concat(Enumerable.Repeat("a/b,", 10_000)) + "application/openmetrics-text"));
}
