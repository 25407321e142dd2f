using Sluice.Configuration;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry;

/// <summary>Why requests ended, as it is counted: one reason each.</summary>
public sealed class ExchangeEndTests
{
    [Theory]
    [InlineData("/moved", 302, "redirect")]
    [InlineData("/direct", 200, "direct response")]
    [InlineData("/none", 500, "no backend")]
    [InlineData("/empty", 503, "no endpoint")]
    [InlineData("/dead", 503, "connect failed")]
    [InlineData("/reset", 502, "upstream reset")]
    [InlineData("/noise", 502, "upstream protocol")]
    [InlineData("/slow", 504, "timeout")]
    [InlineData("/nowhere", 404, "no route")]
    public async Task Answer_OfTheProxy_HasItsReason(string path, int status, string reason)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var request = await connection.ExpectRequestAsync();
            if (request.Target == "/noise")
                await connection.SendAsync("noise\r\n\r\n");
            if (request.Target == "/slow")
                await connection.ReadToEndAsync();
        });
        using var dead = ScriptedBackend.Dead();
        var routes = new TestRoutes()
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" })
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 200, Body = "ok" })
            .Add("*", "/none", new ForwardAction([]))
            .Forward("*", "/empty")
            .Forward("*", "/dead", new Endpoint("127.0.0.1", dead.Port))
            .Forward("*", "/reset", backend.Endpoint)
            .Forward("*", "/noise", backend.Endpoint)
            .Forward("*", "/slow", backend.Endpoint).With(rule => rule with { Timeouts = new RouteTimeouts { Request = TimeSpan.FromMilliseconds(50) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal(status, (await proxy.ExchangeAsync($"GET {path} HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);

        await proxy.Server.ExpectAsync($"sluice_http_request_ends_total{{gateway=\"test/gateway\",listener=\"http\",reason=\"{reason}\"}}", 1);
        Assert.Single(proxy.Server.MetricsText().Split('\n'), line => line.StartsWith("sluice_http_request_ends_total{", StringComparison.Ordinal));
        await proxy.Server.ExpectAsync("sluice_http_requests_active{gateway=\"test/gateway\",listener=\"http\"}", 0);
    }

    [Fact]
    public async Task Response_ThatTheBackendCuts_IsTruncated()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.EndsWith("half", await client.Reader.ReadToEndAsync(), StringComparison.Ordinal);

        await proxy.Server.ExpectAsync("sluice_http_request_ends_total{gateway=\"test/gateway\",listener=\"http\",reason=\"truncated\"}", 1);
        await proxy.Server.ExpectAsync("sluice_http_requests_total{gateway=\"test/gateway\",listener=\"http\",code_class=\"2xx\"}", 1);
    }

    [Fact]
    public async Task Request_ForAHostOfNoListener_IsCountedWithoutOne()
    {
        using var port = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        var configuration = new TestRoutes().Build(port.Port);
        await server.ApplyAsync(configuration with { Listeners = [configuration.Listeners[0] with { Hostname = "a.test" }] });
        await using var client = await RawClient.ConnectAsync(port.EndPoint);

        Assert.Equal(404, (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: other.test\r\n\r\n")).Status);

        await server.ExpectAsync("sluice_http_request_ends_total{gateway=\"\",listener=\"\",reason=\"no listener\"}", 1);
        await server.ExpectAsync("sluice_http_requests_total{gateway=\"test/gateway\",listener=\"http\",code_class=\"4xx\"}", 0);
    }

    [Fact]
    public void Names_AreDifferent()
    {
        var ends = Enum.GetValues<ExchangeEnd>();

        Assert.Equal(ends.Length, ends.Select(ExchangeEnds.Name).Distinct(StringComparer.Ordinal).Count());
    }
}
