using System.Collections.Concurrent;
using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Telemetry.Otlp;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry.Otlp;

/// <summary>Collectors that are slow to take, or away; and log records.</summary>
public sealed class OtlpExporterTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Theory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.Http)]
    public async Task MessageThatWasNotTaken_IsSentAgain(OtlpProtocol protocol)
    {
        var said = new ConcurrentQueue<string>();
        await using var collector = OtlpCollector.Start(protocol);
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        proxy.Server.TelemetryReported += said.Enqueue;
        await proxy.ApplyAsync(Routes(backend.Endpoint, collector.Provider));
        collector.RefuseNext(2);

        await proxy.ExchangeAsync(Get);

        Assert.Single(await collector.SpansAsync(1));
        Assert.Equal(3, collector.Messages);
        var port = collector.Provider.Port;
        await Eventually.Is(1, () => proxy.Server.Metric($"sluice_otlp_exports_total{{collector=\"127.0.0.1:{port}\"}}"), "exports");
        Assert.Equal(2, proxy.Server.Metric($"sluice_otlp_export_failures_total{{collector=\"127.0.0.1:{port}\"}}"));
        Assert.Equal(0, proxy.Server.Metric("sluice_trace_spans_dropped_total{gateway=\"test/gateway\",reason=\"output failed\"}"));
        await Eventually.Is(2, () => said.Count, "what was said");
        Assert.Contains(protocol == OtlpProtocol.Grpc ? "gRPC status 14 later" : "HTTP status 503", said.First(), StringComparison.Ordinal);
        Assert.Contains("takes what it is sent again", said.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CollectorThatIsAway_DoesNotHoldUpTheEnd()
    {
        using var dead = ScriptedBackend.Dead();
        await using var backend = ScriptedBackend.Answering();
        var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend.Endpoint, new OtlpProvider { Host = "127.0.0.1", Port = dead.Port }));
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        await Eventually.Holds(() => proxy.Server.Metric($"sluice_otlp_export_failures_total{{collector=\"127.0.0.1:{dead.Port}\"}}") > 0, "a failure");

        await proxy.DisposeAsync().AsTask().Within("the end");
    }

    [Fact]
    public async Task HeadersOfTheProvider_AreSent()
    {
        await using var collector = OtlpCollector.Start(OtlpProtocol.Http);
        await using var backend = ScriptedBackend.Answering();
        var provider = collector.Provider with { Headers = [new HeaderValue("Authorization", "Bearer x")], ServiceName = "mine" };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend.Endpoint, provider));

        await proxy.ExchangeAsync(Get);

        Assert.Equal("mine", (await collector.SpansAsync(1))[0].Resource["service.name"]);
        Assert.Equal("Bearer x", collector.LastFields("Authorization"));
    }

    [Theory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.Http)]
    public async Task LogRecords_HaveBodyAttributesAndTrace(OtlpProtocol protocol)
    {
        await using var collector = OtlpCollector.Start(protocol);
        await using var backend = ScriptedBackend.Answering();
        var routes = Routes(backend.Endpoint, collector.Provider);
        const string Attributes = """{"status":"%RESPONSE_CODE%","none":"%REQ(x-none)%","mixed":"a %REQ(x-none)%","nested":{"path":"%REQ(:PATH)%","list":["%PROTOCOL%",7]}}""";
        routes.Telemetry = routes.Telemetry! with { AccessLogs = [new AccessLog { Sink = new OtlpLogSink { Provider = collector.Provider, Attributes = Attributes }, Format = new AccessLogFormat(AccessLogFormatType.Text, "%REQ(:METHOD)% \"%REQ(:PATH)%\"\n") }] };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync(Get);

        var record = (await collector.LogsAsync(1))[0];
        Assert.Equal("GET \"/a\"", record.Message(5).Text(1));
        Assert.Equal("INFO", record.Text(3));
        var attributes = record.Attributes(6);
        Assert.Equal(["mixed", "nested", "status"], attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("200", "a -", "path=/a;list=[HTTP/1.1,7]"), (attributes["status"], attributes["mixed"], attributes["nested"]));
        var span = (await collector.SpansAsync(1))[0];
        Assert.Equal((span.TraceId, span.SpanId), (Convert.ToHexStringLower(record.Bytes(9)), Convert.ToHexStringLower(record.Bytes(10))));
    }

    [Fact]
    public async Task DefaultLogRecords_AndJsonBodies_AreWritten()
    {
        await using var collector = OtlpCollector.Start();
        var routes = TestRoutes.All();
        routes.Telemetry = new TelemetrySettings { AccessLogs = [new AccessLog { Sink = new OtlpLogSink { Provider = collector.Provider } }] };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync(Get);

        var record = (await collector.LogsAsync(1))[0];
        Assert.Equal("ERROR", record.Text(3));
        Assert.Equal("503", record.Attributes(6)["http.response.status_code"]);
        using var body = System.Text.Json.JsonDocument.Parse(record.Message(5).Text(1));
        Assert.Equal("UH", body.RootElement.GetProperty("response_flags").GetString());
    }

    [Fact]
    public void PartialSuccess_IsRead()
    {
        Assert.Equal(0, OtlpMessage.Rejected([]));
        Assert.Equal(0, OtlpMessage.Rejected([0x0a, 0x00]));
        Assert.Equal(300, OtlpMessage.Rejected([0x0a, 0x06, 0x08, 0xac, 0x02, 0x12, 0x01, (byte)'x']));
        Assert.Equal(0, OtlpMessage.Rejected([0x0a, 0x7f]));
        Assert.Equal(0, OtlpMessage.Rejected([0xff, 0xff, 0xff]));
    }

    [Fact]
    public void Resource_SaysWhoItIs()
    {
        var outside = OtlpResource.Attributes("ns/gw", null, "1.2", _ => null);
        Assert.Equal(("gw.ns", "ns", "1.2"), (outside["service.name"], outside["service.namespace"], outside["service.version"]));
        Assert.DoesNotContain("k8s.pod.name", outside.Keys);

        var inside = OtlpResource.Attributes("ns/gw", "mine", "", name => name switch
        {
            "KUBERNETES_SERVICE_HOST" => "10.0.0.1",
            "POD_NAME" => "pod-1",
            "POD_NAMESPACE" => "infra",
            "NODE_NAME" => "node-1",
            "OTEL_RESOURCE_ATTRIBUTES" => "deployment.environment=prod%20eu, broken, service.name=theirs",
            _ => null,
        });
        Assert.Equal(("pod-1", "pod-1", "infra", "node-1"), (inside["service.instance.id"], inside["k8s.pod.name"], inside["k8s.namespace.name"], inside["k8s.node.name"]));
        Assert.Equal(("prod eu", "theirs"), (inside["deployment.environment"], inside["service.name"]));
        Assert.DoesNotContain("service.version", inside.Keys);
    }

    private static TestRoutes Routes(Endpoint endpoint, OtlpProvider provider)
    {
        var routes = TestRoutes.All(endpoint);
        routes.Telemetry = new TelemetrySettings { Tracing = new Configuration.Telemetry.Tracing { Provider = provider } };
        return routes;
    }
}
