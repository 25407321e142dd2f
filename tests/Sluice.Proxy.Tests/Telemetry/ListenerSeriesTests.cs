using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry;

/// <summary>Listeners with series of their own, and the many without.</summary>
public sealed class ListenerSeriesTests
{
    private const int Listeners = ListenerMetricsBook.MaxListeners + 8;

    [Fact]
    public async Task ListenersBeyondTheLimit_AreCountedTogether()
    {
        using var port = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        var configuration = new TestRoutes().Build(port.Port);
        await server.ApplyAsync(configuration with
        {
            Listeners = [.. Enumerable.Range(0, Listeners).Select(i => configuration.Listeners[0] with { Name = $"l{i}", Hostname = $"h{i}.test" })],
        });
        await using var client = await RawClient.ConnectAsync(port.EndPoint);

        for (var i = 0; i < Listeners; i++)
            Assert.Equal(404, (await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: h{i}.test\r\n\r\n")).Status);

        await server.ExpectAsync("sluice_http_requests_total{gateway=\"(others)\",listener=\"(others)\",code_class=\"4xx\"}", 8);
        await server.ExpectAsync("sluice_http_requests_total{gateway=\"test/gateway\",listener=\"l0\",code_class=\"4xx\"}", 1);
        Assert.DoesNotContain($"listener=\"l{ListenerMetricsBook.MaxListeners}\"", server.MetricsText(), StringComparison.Ordinal);
        await server.ExpectAsync("envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix=\"http\",gateway=\"test/gateway\"}", ListenerMetricsBook.MaxListeners);

        // One that goes takes nothing from the sum, and leaves its place to the next that comes.
        await server.ApplyAsync(configuration with { Listeners = [configuration.Listeners[0] with { Name = "new", Hostname = "new.test" }] });
        await using var other = await RawClient.ConnectAsync(port.EndPoint);
        Assert.Equal(404, (await other.ExchangeAsync("GET / HTTP/1.1\r\nHost: new.test\r\n\r\n")).Status);
        await server.ExpectAsync("sluice_http_requests_total{gateway=\"(others)\",listener=\"(others)\",code_class=\"4xx\"}", 8);
        await server.ExpectAsync("sluice_http_requests_total{gateway=\"test/gateway\",listener=\"new\",code_class=\"4xx\"}", 1);
    }

    [Fact]
    public void Book_OfListenersThatComeAndGo_HasRoomAgain()
    {
        var book = new ListenerMetricsBook(workers: 1);
        var rules = new RuleMetricsBook(workers: 1);
        for (var round = 0; round < 3; round++)
        {
            ListenerMetrics[] listeners = [.. Enumerable.Range(0, Listeners).Select(i => book.Add("ns/gw", $"l{i}", rules))];
            Assert.Equal(ListenerMetricsBook.MaxListeners, listeners.Count(listener => listener.IsNamed));
            foreach (var listener in listeners)
                book.Remove(listener);
        }
    }
}
