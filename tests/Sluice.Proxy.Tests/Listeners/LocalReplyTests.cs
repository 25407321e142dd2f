using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Listeners;

/// <summary>What the proxy's own answers look like: local replies of a listener, and direct responses with a format.</summary>
public sealed class LocalReplyTests
{
    private static readonly BodyFormat Json = new(
        new AccessLogFormat(AccessLogFormatType.Json, """{"error":"%LOCAL_REPLY_BODY%","code":"%RESPONSE_CODE%","flags":"%RESPONSE_FLAGS%","path":"%REQ(:PATH)%","who":"%REQ(X-WHO)%"}"""),
        "application/problem+json");

    [Fact]
    public async Task DefaultFormat_HoldsForEveryAnswerOfTheProxy()
    {
        await using var backend = ScriptedBackend.Answering(request => request.Target == "/breaks" ? "no HTTP\r\n\r\n" : "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nmine");
        await using var proxy = await StartAsync(new LocalReplySettings { DefaultBodyFormat = Json }, backend);
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);

        var missing = await proxy.ExchangeAsync("GET /x\" HTTP/1.1\r\nHost: b.test\r\nX-Who: a\"\\\tb\r\n\r\n");
        Assert.Equal((404, "application/problem+json"), (missing.Status, missing["Content-Type"]));
        Assert.Equal("""{"error":"404 Not Found","code":404,"flags":"NR","path":"/x\"","who":"a\"\\\u0009b"}""" + "\n", missing.Body);

        var broken = await proxy.ExchangeAsync("GET /breaks HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal("""{"error":"502 Bad Gateway","code":502,"flags":"UPE","path":"/breaks","who":null}""" + "\n", broken.Body);

        var other = await second.GetAsync(1, "/y");
        Assert.Equal((404, "mine"), (other.Status, other.Body));

        var refused = await proxy.ExchangeAsync("GET / HTTP/1.1\r\n\r\n");
        Assert.Equal("""{"error":"400 Bad Request: missing Host","code":400,"flags":null,"path":null,"who":null}""" + "\n", refused.Body);
    }

    [Fact]
    public async Task FirstMapperThatMatches_ChangesTheAnswer()
    {
        await using var backend = ScriptedBackend.Answering();
        var replies = new LocalReplySettings
        {
            DefaultBodyFormat = new BodyFormat(new AccessLogFormat(AccessLogFormatType.Text, "default: %LOCAL_REPLY_BODY%"), "text/plain"),
            Mappers =
            [
                new LocalReplyMapper
                {
                    Filter = new AndFilter([new StatusCodeFilter(FilterComparison.Equal, 404), new HeaderFilter(new ValueMatch("x-kind", ValueMatchType.Exact, "api"))]),
                    StatusCode = 410,
                    Body = "gone\n",
                    BodyFormat = new BodyFormat(new AccessLogFormat(AccessLogFormatType.Text, "<p>%LOCAL_REPLY_BODY% %RESPONSE_CODE%</p>"), "text/html"),
                    Headers = [new HeaderValue("X-Reason", "code-%RESPONSE_CODE%")],
                },
                new LocalReplyMapper { Filter = new StatusCodeFilter(FilterComparison.AtLeast, 404), StatusCode = 204 },
            ],
        };
        await using var proxy = await StartAsync(replies, backend);
        await using var client = await proxy.ConnectAsync();
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);

        var gone = await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: b.test\r\nX-Kind: api\r\n\r\n");
        Assert.Equal((410, "<p>gone 410</p>", "text/html", "code-410"), (gone.Status, gone.Body, gone["Content-Type"], gone["X-Reason"]));

        // Without a body; the connection goes on.
        var empty = await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n");
        Assert.Equal((204, ""), (empty.Status, empty.Body));
        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);

        var http2 = await second.GetAsync(1, "/healthz");
        Assert.Equal((200, "default: 200 OK"), (http2.Status, http2.Body));
    }

    [Fact]
    public async Task Head_AndLongBodies_KeepTheConnectionInOrder()
    {
        await using var backend = ScriptedBackend.Answering();
        var format = string.Concat(Enumerable.Repeat("%REQ(X-LONG)%", 40));
        var replies = new LocalReplySettings { DefaultBodyFormat = new BodyFormat(new AccessLogFormat(AccessLogFormatType.Text, format), "text/plain") };
        await using var proxy = await StartAsync(replies, backend);
        await using var client = await proxy.ConnectAsync();

        var head = await client.ExchangeAsync("HEAD / HTTP/1.1\r\nHost: b.test\r\nX-Long: 12345\r\n\r\n");
        Assert.Equal((404, "200"), (head.Status, head["Content-Length"]));
        var tooLong = await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: b.test\r\nX-Long: {new string('x', 4000)}\r\n\r\n");
        Assert.Equal((404, ""), (tooLong.Status, tooLong.Body));
        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
    }

    [Fact]
    public async Task DirectResponse_MayHaveAFormat()
    {
        var direct = new DirectResponseAction
        {
            StatusCode = 200,
            BodyFormat = new AccessLogFormat(AccessLogFormatType.Json, """{"method":"%REQ(:METHOD)%","path":"%REQ(:PATH)%","route":"%ROUTE_NAME%","code":"%RESPONSE_CODE%"}"""),
            ContentType = "application/json",
        };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Add("*", "/", direct));

        var response = await proxy.ExchangeAsync("GET /a?b=c HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal("application/json", response["Content-Type"]);
        Assert.Equal("""{"method":"GET","path":"/a?b=c","route":"HTTPRoute/test/*/rule/0","code":200}""" + "\n", response.Body);
    }

    [Fact]
    public async Task WhatCannotBeUsed_IsSaid()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Http = new HttpSettings
        {
            LocalReplies = new LocalReplySettings
            {
                DefaultBodyFormat = new BodyFormat(new AccessLogFormat(AccessLogFormatType.Text, "%NO_SUCH%"), "text/plain"),
                Mappers =
                [
                    new LocalReplyMapper { StatusCode = 99 },
                    new LocalReplyMapper { Headers = [new HeaderValue("Content-Length", "5")] },
                    new LocalReplyMapper { Headers = [new HeaderValue("X-A", "a\r\nX-B: b")] },
                ],
            },
        };

        var result = await proxy.Server.ApplyAsync(routes.Build(proxy.Port));

        Assert.True(result.Applied);
        Assert.Equal(4, result.Warnings.Count(warning => warning.StartsWith("listener http: local replies", StringComparison.Ordinal)));
    }

    private static Task<TestProxy> StartAsync(LocalReplySettings replies, ScriptedBackend backend) =>
        TestProxy.StartAsync(new ProxyLimits(), new TestRoutes { Http = new HttpSettings { LocalReplies = replies, HealthCheckPath = "/healthz" } }.Forward("a.test", "/", backend.Endpoint));
}
