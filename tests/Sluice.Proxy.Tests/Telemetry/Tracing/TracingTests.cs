using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry.Tracing;

/// <summary>Spans at a collector, and contexts at backends.</summary>
public sealed class TracingTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";
    private const string Get = "GET /a?b=c HTTP/1.1\r\nHost: a.test:8080\r\nUser-Agent: t\r\n\r\n";

    [Theory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.Http)]
    public async Task Request_IsASpan(OtlpProtocol protocol)
    {
        await using var collector = OtlpCollector.Start(protocol);
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider, Attributes = [new SpanAttribute("a.path", "p:%REQ(:PATH)%"), new SpanAttribute("a.none", "%REQ(x-none)%", "d"), new SpanAttribute("a.gone", "%REQ(x-none)%")] });

        await proxy.ExchangeAsync(Get);

        var span = (await collector.SpansAsync(1))[0];
        Assert.Equal(("GET /", 2, null, false), (span.Name, span.Kind, span.Parent, span.IsError));
        Assert.InRange(span.End, span.Start, span.Start + 60_000_000_000);
        var expected = new Dictionary<string, string>
        {
            ["http.request.method"] = "GET",
            ["url.path"] = "/a",
            ["url.query"] = "b=c",
            ["url.scheme"] = "http",
            ["server.address"] = "a.test",
            ["server.port"] = "8080",
            ["client.address"] = "127.0.0.1",
            ["user_agent.original"] = "t",
            ["network.protocol.version"] = "1.1",
            ["http.response.status_code"] = "200",
            ["http.route"] = "/",
            ["http.request.body.size"] = "0",
            ["http.response.body.size"] = "2",
            ["sluice.gateway"] = "test/gateway",
            ["sluice.listener"] = "http",
            ["sluice.route"] = "HTTPRoute/test/*/rule/0",
            ["a.path"] = "p:/a?b=c",
            ["a.none"] = "d",
        };
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), span.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(("gateway.test", "test"), (span.Resource["service.name"], span.Resource["service.namespace"]));
        Assert.Contains("service.instance.id", span.Resource.Keys);

        var sent = (await backend.NextRequestAsync())["Traceparent"];
        Assert.Equal($"00-{span.TraceId}-{span.SpanId}-01", sent);
        await Eventually.Is(1, () => proxy.Server.Metric($"sluice_otlp_exports_total{{collector=\"127.0.0.1:{collector.Provider.Port}\"}}"), "exports");
        Assert.Equal(1, proxy.Server.Metric("sluice_trace_spans_total{gateway=\"test/gateway\"}"));
    }

    [Theory]
    [InlineData("00", "01", true)]
    [InlineData("00", "00", false)]
    public async Task DecisionOfTheClient_IsFollowed(string version, string flags, bool isSampled)
    {
        await using var collector = OtlpCollector.Start();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider, RandomSampling = isSampled ? 0 : 100 });

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nTraceparent: {version}-{Trace}-{Span}-{flags}\r\nTracestate: v=1\r\n\r\n");

        var request = await backend.NextRequestAsync();
        var parent = request["Traceparent"]!.Split('-');
        Assert.Equal((Trace, isSampled ? "01" : "00", "v=1"), (parent[1], parent[3], request["Tracestate"]));
        Assert.NotEqual(Span, parent[2]);
        if (isSampled)
        {
            var span = (await collector.SpansAsync(1))[0];
            Assert.Equal((Trace, Span, parent[2]), (span.TraceId, span.Parent, span.SpanId));
        }
        else
        {
            Assert.Equal(0, proxy.Server.Metric("sluice_trace_spans_total{gateway=\"test/gateway\"}"));
        }
    }

    [Fact]
    public async Task B3_IsTakenAndPassedOn_InItsForm()
    {
        await using var collector = OtlpCollector.Start();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider });

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nb3: {Trace}-{Span}-1\r\nTracestate: stale\r\n\r\n");
        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nX-B3-TraceId: {Trace}\r\nX-B3-SpanId: {Span}\r\nX-B3-Sampled: 0\r\n\r\n");

        var single = await backend.NextRequestAsync();
        Assert.Matches($"^{Trace}-[0-9a-f]{{16}}-1$", single["b3"]);
        Assert.Equal($"00-{single["b3"]![..49]}-01", single["Traceparent"]);
        Assert.Null(single["Tracestate"]);
        var multiple = await backend.NextRequestAsync();
        Assert.Equal((Trace, "0"), (multiple["X-B3-TraceId"], multiple["X-B3-Sampled"]));
        Assert.Equal($"00-{Trace}-{multiple["X-B3-SpanId"]}-00", multiple["Traceparent"]);
        Assert.Single(await collector.SpansAsync(1));
    }

    [Fact]
    public async Task WithoutTracing_ContextsPassAsTheyAre()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nTraceparent: odd\r\nb3: 0\r\n\r\n");

        var request = await backend.NextRequestAsync();
        Assert.Equal(("odd", "0"), (request["Traceparent"], request["b3"]));
    }

    [Fact]
    public async Task Sampling_TakesAShare()
    {
        await using var collector = OtlpCollector.Start();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider, RandomSampling = 20 });
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 1000; i++)
            await client.ExchangeAsync(Get);

        Assert.InRange(proxy.Server.Metric("sluice_trace_spans_total{gateway=\"test/gateway\"}"), 120, 290);
    }

    [Fact]
    public async Task ClientThatAsks_IsTraced_UnlessOverallSaysNo()
    {
        const string Asking = "GET / HTTP/1.1\r\nHost: a.test\r\nX-Client-Trace-Id: 1\r\n\r\n";
        await using var collector = OtlpCollector.Start();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider, RandomSampling = 0 });
        await proxy.ExchangeAsync(Get);
        await proxy.ExchangeAsync(Asking);
        Assert.Single(await collector.SpansAsync(1));

        await proxy.ApplyAsync(Routes(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider, OverallSampling = 0 }));
        await proxy.ExchangeAsync(Asking);
        Assert.EndsWith("-00", backend.Requests.Last()["Traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_AreSpansBelow_EachWithItsOwnName()
    {
        await using var collector = OtlpCollector.Start();
        var answers = 0;
        await using var backend = ScriptedBackend.Answering(_ => Interlocked.Increment(ref answers) == 1 ? "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n" : ScriptedBackend.Ok);
        var routes = Routes(backend, new Configuration.Telemetry.Tracing { Provider = collector.Provider, SpawnUpstreamSpan = true })
            .With(rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Backoff = TimeSpan.Zero } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync(Get);

        var spans = await collector.SpansAsync(3);
        var (server, first, second) = (spans[0], spans[1], spans[2]);
        Assert.Equal((2, 3, 3), (server.Kind, first.Kind, second.Kind));
        Assert.Equal((server.SpanId, server.SpanId), (first.Parent, second.Parent));
        Assert.Equal(("503", "200"), (first.Attributes["http.response.status_code"], second.Attributes["http.response.status_code"]));
        Assert.Equal((true, false, false), (first.IsError, second.IsError, server.IsError));
        Assert.Equal(("127.0.0.1", $"{backend.Port}"), (first.Attributes["server.address"], first.Attributes["server.port"]));
        Assert.Equal([$"00-{server.TraceId}-{first.SpanId}-01", $"00-{server.TraceId}-{second.SpanId}-01"], backend.Requests.Select(request => request["Traceparent"]));
    }

    [Fact]
    public async Task AttemptThatFindsNobody_IsASpanToo()
    {
        await using var collector = OtlpCollector.Start();
        using var dead = ScriptedBackend.Dead();
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(new Endpoint("127.0.0.1", dead.Port), backend.Endpoint);
        routes.Telemetry = new TelemetrySettings { Tracing = new Configuration.Telemetry.Tracing { Provider = collector.Provider, SpawnUpstreamSpan = true } };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        for (var i = 0; i < 2; i++)
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        // Round robin: one of the two met the dead endpoint first.
        var spans = await collector.SpansAsync(5);
        var failed = Assert.Single(spans, span => span.Attributes.GetValueOrDefault("error.type") == "connect");
        Assert.Equal($"{dead.Port}", failed.Attributes["server.port"]);
        var sent = backend.Requests.Select(request => request["Traceparent"]!.Split('-')[2]).ToArray();
        Assert.Equal(2, sent.Distinct().Count());
        Assert.All(sent, id => Assert.Contains(spans, span => span.SpanId == id && span.Kind == 3 && span.Attributes["server.port"] == $"{backend.Port}"));
    }

    [Fact]
    public async Task Failure_IsAnErrorWithItsKind()
    {
        await using var collector = OtlpCollector.Start();
        var routes = TestRoutes.All();
        routes.Telemetry = new TelemetrySettings { Tracing = new Configuration.Telemetry.Tracing { Provider = collector.Provider } };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync("BREW / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        var span = (await collector.SpansAsync(1))[0];
        Assert.True(span.IsError);
        Assert.Equal(("HTTP /", "503", "503", "UH"), (span.Name, span.Attributes["error.type"], span.Attributes["http.response.status_code"], span.Attributes["sluice.response.flags"]));
        Assert.Equal(("_OTHER", "BREW"), (span.Attributes["http.request.method"], span.Attributes["http.request.method_original"]));
    }

    [Fact]
    public async Task OverHttp2_TheContextIsPassedOn_AndInvalidUtf8IsNone()
    {
        await using var collector = OtlpCollector.Start();
        await using var backend = Http2Backend.Answering();
        var routes = Http2Routes.All(backend.Endpoint);
        routes.Telemetry = new TelemetrySettings { Tracing = new Configuration.Telemetry.Tracing { Provider = collector.Provider, SpawnUpstreamSpan = true } };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nUser-Agent: \u00ff\r\nb3: {Trace}-{Span}-1\r\n\r\n");

        var spans = await collector.SpansAsync(2);
        Assert.Equal($"00-{Trace}-{spans[1].SpanId}-01", backend.Requests.Single()["traceparent"]);
        Assert.Equal($"{Trace}-{spans[1].SpanId}-1", backend.Requests.Single()["b3"]);
        Assert.Equal("\ufffd", spans[0].Attributes["user_agent.original"]);
    }

    private static Task<TestProxy> StartAsync(ScriptedBackend backend, Configuration.Telemetry.Tracing tracing) => TestProxy.StartAsync(new ProxyLimits(), Routes(backend, tracing));

    private static TestRoutes Routes(ScriptedBackend backend, Configuration.Telemetry.Tracing tracing)
    {
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Telemetry = new TelemetrySettings { Tracing = tracing };
        return routes;
    }
}
