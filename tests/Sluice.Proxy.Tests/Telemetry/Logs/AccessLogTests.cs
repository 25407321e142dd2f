using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>Lines of requests that were served, and of those that went wrong.</summary>
public sealed class AccessLogTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Outcome = "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS%";

    [Fact]
    public async Task DefaultLine_SaysWhatHappened()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var logged = await LoggedProxy.StartAsync(AccessLogFormat.DefaultJson, TestRoutes.All(backend.Endpoint));

        await logged.Proxy.ExchangeAsync("POST /a?b=\"c HTTP/1.1\r\nHost: a.test:80\r\nUser-Agent: me \"2\"\r\nX-Request-Id: id-1\r\nContent-Length: 5\r\n\r\nhello");

        var line = await logged.JsonAsync();
        string? Text(string name) => line.GetProperty(name).GetString();
        Assert.Equal(("test/gateway", "http", "HTTPRoute/test/*/rule/0"), (Text("gateway"), Text("listener"), Text("route")));
        Assert.Equal(("POST", "a.test:80", "HTTP/1.1"), (Text("method"), Text("authority"), Text("protocol")));
        Assert.Equal((200, 5, 2), (line.GetProperty("response_code").GetInt32(), line.GetProperty("bytes_received").GetInt32(), line.GetProperty("bytes_sent").GetInt32()));
        Assert.Equal((null, "via_upstream", "id-1"), (Text("response_flags"), Text("response_code_details"), Text("request_id")));
        Assert.Equal(($"127.0.0.1:{backend.Port}", "test/cluster0:80", "me \"2\""), (Text("upstream_host"), Text("upstream_cluster"), Text("user_agent")));
        Assert.StartsWith("127.0.0.1:", Text("downstream_remote_address"), StringComparison.Ordinal);
        Assert.InRange(line.GetProperty("duration").GetInt32(), 0, 60_000);
    }

    [Fact]
    public async Task FieldsOfTheResponse_AreThoseThatTheClientGets()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: 2\r\nTransfer-Encoding: chunked\r\nTrailer: x-t\r\n\r\n2\r\nok\r\n0\r\nX-T: end\r\n\r\n");
        var edits = new HeaderModifier { Set = [new HeaderValue("X-C", "3")], Add = [new HeaderValue("X-A", "4")], Remove = ["X-B"] };
        var routes = TestRoutes.All(backend.Endpoint).With(rule => rule with { ResponseHeaders = [edits] });
        await using var logged = await LoggedProxy.StartAsync("%RESP(x-a)% %RESP(x-b)% %RESP(x-c)% %RESP(:STATUS)% %TRAILER(X-T)% %TRAILER(none?x-t)%", routes);

        await logged.Proxy.ExchangeAsync(Get);

        Assert.Equal("1,4 - 3 200 end end", await logged.LineAsync());
    }

    [Fact]
    public async Task AddressesOfTheConnection_AreTold()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var logged = await LoggedProxy.StartAsync("%DOWNSTREAM_LOCAL_ADDRESS% %CONNECTION_ID% %DOWNSTREAM_REMOTE_ADDRESS%", TestRoutes.All(backend.Endpoint));
        await using var client = await logged.Proxy.ConnectAsync();

        await client.ExchangeAsync(Get);
        await client.ExchangeAsync(Get);

        var lines = await logged.LinesAsync(2);
        Assert.Equal(lines[0], lines[1]);
        Assert.StartsWith($"127.0.0.1:{logged.Proxy.Port} ", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LargeBodies_AreCounted_HoweverTheyAreCarried()
    {
        var body = new string('x', 1_000_000);
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await using var logged = await LoggedProxy.StartAsync("%BYTES_SENT% %BYTES_RECEIVED%", TestRoutes.All(backend.Endpoint));

        await logged.Proxy.ExchangeAsync(Get);

        Assert.Equal("1000000 0", await logged.LineAsync());
    }

    [Fact]
    public async Task Filter_ChoosesTheLines()
    {
        await using var backend = ScriptedBackend.Answering(request => request.Target == "/bad" ? "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n" : ScriptedBackend.Ok);
        await using var logged = await LoggedProxy.StartAsync("%REQ(:PATH)%", TestRoutes.All(backend.Endpoint), new StatusCodeFilter(FilterComparison.AtLeast, 500));

        await logged.Proxy.ExchangeAsync(Get);
        await logged.Proxy.ExchangeAsync(Get.Replace("/ ", "/bad ", StringComparison.Ordinal));

        Assert.Equal("/bad", await logged.LineAsync());
        Assert.Equal(1, logged.Server.Metric("sluice_access_log_lines_total{gateway=\"test/gateway\"}"));
    }

    [Fact]
    public async Task RuleThatMatchesNothing_IsNR()
    {
        await using var logged = await LoggedProxy.StartAsync(Outcome, new TestRoutes().Add("other.test", "/", new ForwardAction([])));
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("404 NR route_not_found", await logged.LineAsync());
    }

    [Fact]
    public async Task RuleWithoutBackend_IsNC()
    {
        await using var logged = await LoggedProxy.StartAsync(Outcome, new TestRoutes().Add("*", "/", new ForwardAction([])));
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("500 NC cluster_not_found", await logged.LineAsync());
    }

    [Fact]
    public async Task BackendWithoutEndpoints_IsUH()
    {
        await using var logged = await LoggedProxy.StartAsync(Outcome, TestRoutes.All());
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("503 UH no_healthy_upstream", await logged.LineAsync());
    }

    [Fact]
    public async Task BackendThatRefuses_IsUF()
    {
        using var dead = ScriptedBackend.Dead();
        await using var logged = await LoggedProxy.StartAsync($"{Outcome} %UPSTREAM_TRANSPORT_FAILURE_REASON% %UPSTREAM_HOST%", TestRoutes.All(new Endpoint("127.0.0.1", dead.Port)));
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal($"503 UF upstream_reset_before_response_started{{connection_failure}} connect 127.0.0.1:{dead.Port}", await logged.LineAsync());
    }

    [Fact]
    public async Task BackendThatBreaksOff_IsUC()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            connection.Close();
        });
        await using var logged = await LoggedProxy.StartAsync(Outcome, TestRoutes.All(backend.Endpoint));
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("502 UC upstream_reset_before_response_started{connection_termination}", await logged.LineAsync());
    }

    [Fact]
    public async Task BackendThatBreaksOffInTheBody_IsUC()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            connection.Close();
        });
        await using var logged = await LoggedProxy.StartAsync($"{Outcome} %BYTES_SENT%", TestRoutes.All(backend.Endpoint));
        await using var client = await logged.Proxy.ConnectAsync();
        await client.SendAsync(Get);
        await client.Reader.ReadToEndAsync();
        Assert.Equal("200 UC upstream_reset_after_response_started{connection_termination} 4", await logged.LineAsync());
    }

    [Fact]
    public async Task BackendThatSaysNoHttp_IsUPE()
    {
        await using var backend = ScriptedBackend.Answering("HELLO\r\n\r\n");
        await using var logged = await LoggedProxy.StartAsync(Outcome, TestRoutes.All(backend.Endpoint));
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("502 UPE upstream_reset_before_response_started{protocol_error}", await logged.LineAsync());
    }

    [Fact]
    public async Task BackendThatIsTooSlow_IsUT()
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());
        var routes = TestRoutes.All(backend.Endpoint).With(rule => rule with { Timeouts = new RouteTimeouts { Request = TimeSpan.FromMilliseconds(50) } });
        await using var logged = await LoggedProxy.StartAsync(Outcome, routes);
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("504 UT request_timeout", await logged.LineAsync());
    }

    [Fact]
    public async Task RetriesThatDoNotHelp_AreURX_AndCounted()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var routes = TestRoutes.All(backend.Endpoint).With(rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Attempts = 2, Backoff = TimeSpan.Zero } });
        await using var logged = await LoggedProxy.StartAsync($"{Outcome} %UPSTREAM_REQUEST_ATTEMPT_COUNT%", routes);
        await logged.Proxy.ExchangeAsync(Get);
        Assert.Equal("503 URX via_upstream 3", await logged.LineAsync());
    }

    [Fact]
    public async Task ClientThatGoes_IsDC()
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());
        await using var logged = await LoggedProxy.StartAsync(Outcome, TestRoutes.All(backend.Endpoint));
        await using (var client = await logged.Proxy.ConnectAsync())
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhalf");
            await Eventually.Is(1, () => backend.Connections, "connections at the backend");
        }

        Assert.Equal("0 DC downstream_remote_disconnect", await logged.LineAsync());
    }

    [Fact]
    public async Task RequestThatIsNoHttp_IsDPE()
    {
        await using var logged = await LoggedProxy.StartAsync($"{Outcome} %REQ(:PATH)% %PROTOCOL%", new TestRoutes());
        await logged.Proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nbad name: x\r\n\r\n");
        Assert.Equal("400 DPE malformed_request - -", await logged.LineAsync());
    }

    [Fact]
    public async Task BodyThatIsNoHttp_IsDPE()
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());
        await using var logged = await LoggedProxy.StartAsync(Outcome, TestRoutes.All(backend.Endpoint));
        await logged.Proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        Assert.Equal("400 DPE malformed_request_body", await logged.LineAsync());
    }

    [Fact]
    public async Task AnswersOfTheProxyItself_SayWhy()
    {
        var routes = new TestRoutes()
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 418, Body = "tea" })
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.test" });
        await using var logged = await LoggedProxy.StartAsync($"{Outcome} %BYTES_SENT% %RESP(content-type)% %RESP(location?none)%", routes);
        await logged.Proxy.ExchangeAsync(Get.Replace("/ ", "/direct ", StringComparison.Ordinal));
        await logged.LinesAsync(1);
        await logged.Proxy.ExchangeAsync(Get.Replace("/ ", "/moved ", StringComparison.Ordinal));

        var lines = await logged.LinesAsync(2);
        Assert.StartsWith("418 - direct_response 3 text/plain", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("302 - redirect 0 - http://b.test", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http2_OnBothSides_WithGrpc()
    {
        await using var backend = Http2Backend.Answering(async (connection, request) =>
        {
            await connection.SendHeadersAsync(request.StreamId, false, (":status", "200"), ("content-type", "application/grpc"));
            await connection.SendDataAsync(request.StreamId, "12345678", endStream: false);
            await connection.SendHeadersAsync(request.StreamId, true, ("grpc-status", "5"), ("grpc-message", "no"));
        });
        await using var logged = await LoggedProxy.StartAsync("%PROTOCOL% %REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)% %RESPONSE_CODE% %GRPC_STATUS% %BYTES_SENT% %TRAILER(grpc-message)%", Http2Routes.All(backend.Endpoint));
        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{logged.Proxy.Port}/a.B/C") { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent([0, 0, 0, 0, 0]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"HTTP/2 POST /a.B/C 127.0.0.1:{logged.Proxy.Port} 200 NotFound 8 no", await logged.LineAsync());
    }

    [Fact]
    public async Task StreamThatTheBackendResets_IsUR()
    {
        await using var backend = Http2Backend.Answering((connection, request) => connection.SendResetAsync(request.StreamId, Http2Error.InternalError));
        await using var logged = await LoggedProxy.StartAsync(Outcome, Http2Routes.All(backend.Endpoint));
        await logged.Proxy.ExchangeAsync(Get);
        Assert.StartsWith("502 UR ", await logged.LineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrpcErrorOfTheProxy_HasItsStatus()
    {
        await using var logged = await LoggedProxy.StartAsync($"{Outcome} %GRPC_STATUS(SNAKE_STRING)% %GRPC_STATUS_NUMBER%", new TestRoutes().Add("*", "/", new ForwardAction([])));
        await logged.Proxy.ExchangeAsync("POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/grpc\r\n\r\n");
        Assert.Equal("200 NC cluster_not_found UNAVAILABLE 14", await logged.LineAsync());
    }

    [Fact]
    public async Task FormatThatCannotBeUsed_CostsItsLog_AndIsSaid()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Telemetry = new TelemetrySettings { AccessLogs = [new AccessLog { Sink = new FileLogSink("/dev/null"), Format = new AccessLogFormat(AccessLogFormatType.Text, "%NOPE%") }, new AccessLog { Sink = new FileLogSink("/dev/null"), Filter = new CelFilter("x") }] };
        await using var proxy = await TestProxy.StartAsync(TestProxyEndpoint(backend));

        var result = await proxy.Server.ApplyAsync(routes.Build(proxy.Port));

        Assert.True(result.Applied);
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("access log 0: %NOPE% is no operator", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("access log 1: the filter \"x\" is a CEL expression", result.Warnings[1], StringComparison.Ordinal);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task Logs_ComeAndGo_WithTheConfiguration()
    {
        using var folder = new TemporaryFolder();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(TestProxyEndpoint(backend));
        await proxy.ExchangeAsync(Get);

        foreach (var name in new[] { "a.log", "b.log" })
        {
            var routes = TestRoutes.All(backend.Endpoint);
            routes.Telemetry = new TelemetrySettings { AccessLogs = [new AccessLog { Sink = new FileLogSink(folder[name]) }] };
            await proxy.ApplyAsync(routes);
            await proxy.ExchangeAsync(Get);
        }

        await proxy.ApplyAsync(TestRoutes.All(backend.Endpoint));
        await proxy.ExchangeAsync(Get);
        await Eventually.Is((1, 1), () => (folder.Lines("a.log").Length, folder.Lines("b.log").Length), "lines");
        Assert.Equal(2, proxy.Server.Metric("sluice_access_log_lines_total{gateway=\"test/gateway\"}"));
    }

    private static Endpoint[] TestProxyEndpoint(ScriptedBackend backend) => [backend.Endpoint];
}
