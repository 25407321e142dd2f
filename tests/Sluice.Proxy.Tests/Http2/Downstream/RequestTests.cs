using Sluice.Configuration;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>What a backend of HTTP/1.1 gets of requests over HTTP/2, and what their clients get back.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Get_IsForwardedAndAnswered()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Mixed: Case\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\nok");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var response = await client.GetAsync(1, "/a/../b?c=d", "user-agent: t", "te: trailers", "cookie: a=1", "x-b: 2", "cookie: c=3");

        Assert.Equal("200", response.Status);
        Assert.Equal("ok", response.Body);
        Assert.Equal("Case", response["x-mixed"]);
        Assert.Equal("2", response["content-length"]);
        Assert.Null(response["connection"]);
        Assert.Null(response["x-hop"]);
        Assert.Equal(2, response.Frames);
        var request = Assert.Single(backend.Requests);
        Assert.Equal("GET /b?c=d HTTP/1.1", request.StartLine);
        Assert.Equal("a.test", request["Host"]);
        Assert.Equal(1, request.Count("Host"));
        Assert.Equal("a=1; c=3", request["Cookie"]);
        Assert.Equal("t", request["User-Agent"]);
        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("a.test", request["X-Forwarded-Host"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "204", "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200", "")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "304", "")]
    public async Task Response_WithoutBody_IsOneFrame(string wire, string status, string body)
    {
        await using var backend = ScriptedBackend.Answering(wire);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var response = await client.GetAsync(1, "/");

        Assert.Equal((status, body, 1), (response.Status, response.Body, response.Frames));
    }

    [Fact]
    public async Task Response_Chunked_EndsWithItsLastData()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var response = await client.GetAsync(1, "/");

        Assert.Equal(("ok", 2), (response.Body, response.Frames));
        Assert.Null(response["transfer-encoding"]);
    }

    [Fact]
    public async Task Trailers_OfBothSides_ArePassedOn()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-After: b\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/");
        await client.SendDataAsync(1, "hello", end: false);
        await client.SendHeadersAsync(1, end: true, "x-last: a");
        var response = await client.ReadResponseAsync(1);

        Assert.Equal("ok", response.Body);
        Assert.Equal(["x-after: b"], response.Trailers!);
        var request = Assert.Single(backend.Requests);
        Assert.Equal("hello", request.Body);
        Assert.Equal(("x-last", "a"), (Assert.Single(request.Trailers).Name, request.Trailers[0].Value));
    }

    [Fact]
    public async Task Body_WithContentLength_IsForwardedWithIt()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/", "content-length: 5");
        await client.SendDataAsync(1, "he", end: false);
        await client.SendDataAsync(1, "llo", end: true);

        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
        var request = Assert.Single(backend.Requests);
        Assert.Equal(("hello", "5"), (request.Body, request["Content-Length"]));
    }

    [Theory]
    [InlineData("hell", true)]
    [InlineData("hello!", false)]
    public async Task Body_OfAnotherLength_ResetsTheStreamAndBreaksTheBackendsConnection(string body, bool end)
    {
        var seen = new TaskCompletionSource();
        var rest = "";
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            if (connection.Index > 0)
            {
                await connection.ExpectRequestAsync();
                await connection.SendAsync(ScriptedBackend.Ok);
                return;
            }

            await connection.ExpectHeadAsync();
            seen.SetResult();
            rest = await connection.ReadToEndAsync();
            connection.Close();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/", "content-length: 5");
        await seen.Task.Within("the head at the backend");
        await client.SendDataAsync(1, body, end);

        Assert.Equal(Http2Error.ProtocolError, (await client.ReadResponseAsync(1)).Reset);
        Assert.Equal("200", (await client.GetAsync(3, "/")).Status);
        Assert.InRange(rest.Length, 0, 4);
        Assert.Single(backend.Requests);
        Assert.Equal(1, proxy.Server.Metric("sluice_http_refused_total{reason=\"invalid Content-Length\"}"));
    }

    [Fact]
    public async Task Continue_IsPassedOn()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            Assert.Equal("hello", await connection.Reader.ReadExactlyAsync(5));
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/", "content-length: 5", "expect: 100-continue");
        Assert.Equal([":status: 100"], (await client.ReadAsync(FrameType.Headers)).Fields);
        await client.SendDataAsync(1, "hello", end: true);

        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
    }

    [Fact]
    public async Task Streams_SideBySide_AreAnsweredEachWithItsOwn()
    {
        await using var backend = ScriptedBackend.Answering(request => $"HTTP/1.1 200 OK\r\nContent-Length: {request.Target.Length}\r\n\r\n{request.Target}");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        for (var id = 1; id < 200; id += 2)
            await client.SendGetAsync(id, $"/{id}");
        for (var id = 199; id > 0; id -= 2)
            Assert.Equal($"/{id}", (await client.ReadResponseAsync(id)).Body);
    }

    [Fact]
    public async Task Answers_OfTheProxy_AreLocal()
    {
        var routes = new TestRoutes()
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 200, Body = "here" })
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        Assert.Equal("here", (await client.GetAsync(1, "/direct")).Body);
        Assert.StartsWith("http://b.example", (await client.GetAsync(3, "/moved"))["location"], StringComparison.Ordinal);
        Assert.Equal("404", (await client.GetAsync(5, "/other")).Status);

        // Answered before its body has come: the rest is not wanted.
        await client.SendPostAsync(7, "/direct");
        Assert.Equal("here", (await client.ReadResponseAsync(7)).Body);
        Assert.Equal(Http2Error.NoError, (await client.ReadAsync(FrameType.RstStream)).Error);
        await client.SendDataAsync(7, "late", end: true);
        Assert.Equal("here", (await client.GetAsync(9, "/direct")).Body);
    }

    [Fact]
    public async Task BackendThatBreaksOff_ResetsTheStream()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            connection.Close();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var response = await client.GetAsync(1, "/");

        Assert.Equal(("200", "half", Http2Error.InternalError), (response.Status, response.Body, response.Reset));
    }

    [Fact]
    public async Task ResetByTheClient_EndsTheBackendsExchange()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            if ((await connection.ExpectRequestAsync()).Target == "/slow")
                await connection.ReadToEndAsync();
            else
                await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendGetAsync(1, "/slow");
        await backend.NextRequestAsync();
        await client.SendAsync(FrameType.RstStream, FrameFlags.None, 1, 0, 0, 0, 8);

        Assert.Equal("200", (await client.GetAsync(3, "/")).Status);
        await Eventually.Is(1, () => proxy.Server.Metric("sluice_downstream_aborts_total"), "aborts");
        Assert.Equal(1, proxy.Server.Metric("sluice_http2_client_resets_total"));
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }
}
