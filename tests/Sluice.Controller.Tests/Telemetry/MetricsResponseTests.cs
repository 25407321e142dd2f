using System.Text;
using Sluice.Controller.Telemetry;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Telemetry;

public sealed class MetricsResponseTests
{
    private const string Text = """
        # HELP a_total What "a" does.
        # TYPE a_total counter
        a_total{x="1"} 1
        # HELP b_xx Odd.
        # TYPE b_xx untyped
        b_xx 2
        # HELP c Of now.
        # TYPE c gauge
        c 3

        """;

    private const string OpenMetrics = """
        # TYPE a counter
        # HELP a What \"a\" does.
        a_total{x="1"} 1
        # TYPE b_xx unknown
        # HELP b_xx Odd.
        b_xx 2
        # TYPE c gauge
        # HELP c Of now.
        c 3
        # EOF

        """;

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/json, text/html;q=0.9", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1", true)]
    [InlineData("text/plain;q=0.9, application/openmetrics-text;q=0.1", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("application/openmetrics-text;q=nonsense", false)]
    [InlineData(";,;q=,,", false)]
    public void Accept_ChoosesTheFormat(string? accept, bool isOpen)
    {
        var headers = accept is null ? [] : new Dictionary<string, string> { ["accept"] = accept };

        var response = MetricsResponse.Of(new LocalRequest("GET", "/metrics", "", headers, ReadOnlyMemory<byte>.Empty), writer => writer.Write(Text));

        Assert.Equal(isOpen ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8", response.ContentType);
        Assert.Equal(isOpen ? OpenMetrics : Text, Encoding.UTF8.GetString(response.Body.Span));
    }
}
