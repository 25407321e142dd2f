using Sluice.Configuration;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry;

/// <summary>What is counted of requests, whatever protocol brings them and however they end.</summary>
public sealed class RequestCounterTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello";
    private const string Chunked = "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

    [Fact]
    public async Task KeepAliveAndPipelining_CountEachOnce()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        foreach (var request in new[] { Get, Post, Chunked })
            Assert.Equal(200, (await client.ExchangeAsync(request)).Status);
        await client.SendAsync(Get + Post + Chunked);
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await client.ReadResponseAsync()).Status);

        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"2xx\""), 6);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"received\""), 16);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"sent\""), 12);
        await proxy.Server.ExpectAsync(Listener("sluice_http_request_duration_seconds_count"), 6);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 0);
    }

    [Fact]
    public async Task Http2_CountsEachStream_AndNoneIsLeft()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendGetAsync(1, "/");
        await client.SendPostAsync(3, "/");
        await client.SendGetAsync(5, "/");
        await client.SendDataAsync(3, "hello", end: true);
        foreach (var stream in new[] { 1, 3, 5 })
            Assert.Equal("200", (await client.ReadResponseAsync(stream)).Status);

        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"2xx\""), 3);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"received\""), 5);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"sent\""), 6);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 0);
    }

    [Fact]
    public async Task Active_IsOneWhileTheBackendWorks_AndZeroWhenTheClientLeaves()
    {
        await using var backend = ScriptedBackend.Start(connection => connection.ReadToEndAsync());
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 1);
        await proxy.Server.ExpectAsync(Envoy("rq_active"), 1);
        await proxy.Server.ExpectAsync("sluice_upstream_connections_active", 1);
        client.Reset();

        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 0);
        await proxy.Server.ExpectAsync(Envoy("rq_active"), 0);
        await proxy.Server.ExpectAsync(Envoy("rq_total"), 1);
        await proxy.Server.ExpectAsync(Listener("sluice_http_request_ends_total", "reason=\"client gone\""), 1);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"5xx\""), 0);
        await proxy.Server.ExpectAsync("sluice_upstream_connections_active", 0);
    }

    [Fact]
    public async Task Http2_ResetByTheClient_IsCountedAsGone()
    {
        await using var backend = ScriptedBackend.Start(connection => connection.ReadToEndAsync());
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendGetAsync(1, "/");
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 1);
        await client.SendAsync(FrameClient.Frame(FrameType.RstStream, FrameFlags.None, 1, [0, 0, 0, 8]));

        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 0);
        await proxy.Server.ExpectAsync(Listener("sluice_http_request_ends_total", "reason=\"client gone\""), 1);
    }

    [Fact]
    public async Task Retries_AreCountedAndTheAnswerOnce()
    {
        var left = 2;
        await using var backend = ScriptedBackend.Answering(_ => left-- > 0 ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\nno\n" : ScriptedBackend.Ok);
        var routes = TestRoutes.All(backend.Endpoint).With(rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Attempts = 2, Backoff = TimeSpan.Zero } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes, detail: MetricsDetail.Route);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        await proxy.Server.ExpectAsync(Listener("sluice_http_retries_total"), 2);
        await proxy.Server.ExpectAsync("sluice_route_retries_total{gateway=\"test/gateway\",listener=\"http\",route=\"HTTPRoute/test/*\",rule=\"0\"}", 2);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"2xx\""), 1);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"5xx\""), 0);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"sent\""), 2);
    }

    [Fact]
    public async Task WebSocket_IsActiveWhileItIsOpen_AndItsBytesCountAsTheyCome()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            Assert.Equal("ping", await connection.Reader.ReadExactlyAsync(4));
            await connection.SendAsync("pong!");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            Assert.Equal(101, (await client.ReadResponseAsync()).Status);
            await client.SendAsync("ping");
            Assert.Equal("pong!", await client.Reader.ReadExactlyAsync(5));

            await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 1);
            await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"received\""), 4);
            await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"sent\""), 5);
            await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"1xx\""), 1);
        }

        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 0);
        await proxy.Server.ExpectAsync(Listener("sluice_http_request_duration_seconds_count"), 1);
    }

    [Fact]
    public async Task Grpc_CountsItsStatusAndItsBytes()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\ngrpc-status: 7\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync("POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/grpc\r\nTE: trailers\r\nConnection: TE\r\nContent-Length: 5\r\n\r\nhello");

        await proxy.Server.ExpectAsync(Listener("sluice_grpc_responses_total", "grpc_status=\"7\""), 1);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_total", "code_class=\"2xx\""), 1);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"received\""), 5);
        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"sent\""), 5);
        await proxy.Server.ExpectAsync(Listener("sluice_http_requests_active"), 0);
    }

    [Fact]
    public async Task LargeBody_ThatTheKernelRelays_IsCountedToTheByte()
    {
        const int Size = 1_000_000;
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {Size}\r\n\r\n{new string('x', Size)}");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        Assert.Equal(Size, (await proxy.ExchangeAsync(Get)).Body.Length);

        await proxy.Server.ExpectAsync(Listener("sluice_http_bytes_total", "direction=\"sent\""), Size);
    }

    [Fact]
    public async Task EnvoysNames_AreTheSameCounts()
    {
        await using var backend = ScriptedBackend.Answering(request => request.Target == "/bad" ? "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n" : ScriptedBackend.Ok);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.ExchangeAsync(Get);
        await client.ExchangeAsync(Get.Replace("/ ", "/bad ", StringComparison.Ordinal));

        await proxy.Server.ExpectAsync(Envoy("rq_total"), 2);
        await proxy.Server.ExpectAsync(Envoy("rq_time_count"), 2);
        await proxy.Server.ExpectAsync(Envoy("rq_time_bucket", "le=\"3600000\""), 2);
        await proxy.Server.ExpectAsync(Listener("sluice_http_request_duration_seconds_bucket", "le=\"3600\""), 2);
        await proxy.Server.ExpectAsync(Envoy("rq_xx", "envoy_response_code_class=\"5\",response_code_class=\"5\""), 1);
        await proxy.Server.ExpectAsync(Envoy("rq_xx", "envoy_response_code_class=\"2\",response_code_class=\"2\""), 1);
        for (var i = 0; i < Proxy.Telemetry.RequestCounters.Bounds.Length; i++)
        {
            var bound = Proxy.Telemetry.RequestCounters.Bounds[i];
            Assert.Equal(
                proxy.Server.Metric(Envoy("rq_time_bucket", FormattableString.Invariant($"le=\"{bound}\""))),
                proxy.Server.Metric(Listener("sluice_http_request_duration_seconds_bucket", FormattableString.Invariant($"le=\"{(decimal)bound / 1000m:0.####}\""))));
        }
    }

    [Fact]
    public async Task Off_CountsNoRequests_AndServesAllTheSame()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint), detail: MetricsDetail.Off);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        var text = proxy.Server.MetricsText();
        Assert.DoesNotContain("sluice_http_requests", text, StringComparison.Ordinal);
        Assert.DoesNotContain("envoy_", text, StringComparison.Ordinal);
        Assert.Null(proxy.Server.ReadTraffic());
        await proxy.Server.ExpectAsync("sluice_upstream_connects_total", 1);
    }

    private static string Listener(string name, string more = "") => $"{name}{{gateway=\"test/gateway\",listener=\"http\"{(more.Length > 0 ? "," : "")}{more}}}";

    private static string Envoy(string name, string more = "") => $"envoy_http_downstream_{name}{{envoy_http_conn_manager_prefix=\"http\",gateway=\"test/gateway\"{(more.Length > 0 ? "," : "")}{more}}}";
}
