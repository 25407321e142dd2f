using System.Globalization;
using Sluice.Configuration;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>What requests look like to a backend that speaks HTTP/2 (RFC 9113 8.3.1).</summary>
public sealed class UpstreamRequestTests
{
    [Fact]
    public async Task Get_IsOneFrame()
    {
        var frames = new List<Http2Frame>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            frames.Add((await connection.ReadEventAsync())!);
            var request = connection.Partial(1);
            Assert.Equal([(":method", "GET"), (":scheme", "http"), (":authority", "a.test:8080"), (":path", "/x/y?z=1")], request.Fields.Take(4));
            Assert.Equal("kept", request["x-custom"]);
            Assert.Equal("127.0.0.1", request["x-forwarded-for"]);
            Assert.Equal("http", request["x-forwarded-proto"]);
            Assert.Equal("a.test:8080", request["x-forwarded-host"]);
            Assert.Equal(36, request["x-request-id"]!.Length);
            Assert.DoesNotContain(request.Fields, field => field.Name is "host" or "connection" or "x-hop" or "te" or "transfer-encoding");
            await connection.AnswerAsync(1, "ok");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        var response = await proxy.ExchangeAsync(
            "GET /x/y?z=1 HTTP/1.1\r\nHost: a.test:8080\r\nX-Custom: kept\r\nX-Hop: 1\r\nConnection: X-Hop\r\n\r\n");

        Assert.Equal("ok", response.Body);
        Assert.Equal((FrameType.Headers, FrameFlags.EndStream | FrameFlags.EndHeaders), (frames.Single().Type, frames.Single().Flags));
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello", "5")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", null)]
    public async Task Body_FollowsAsData_AndEndsWithItsLastFrame(string rest, string? length)
    {
        var data = new List<Http2Frame>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadEventAsync();
            while (data.Count == 0 || !data[^1].EndsStream)
                data.Add((await connection.ReadEventAsync())!);
            Assert.Equal(length, connection.Partial(1)["content-length"]);
            Assert.Equal("trailers", connection.Partial(1)["te"]);
            await connection.AnswerAsync(1, "ok");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal("ok", (await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nTE: trailers\r\n{rest}")).Body);
        Assert.Equal("hello", string.Concat(data.Select(frame => System.Text.Encoding.ASCII.GetString(frame.Payload))));
        Assert.Single(data);
    }

    [Fact]
    public async Task Trailers_ArePassedOn()
    {
        await using var backend = Http2Backend.Answering();
        await using var proxy = await Http2Routes.StartAsync(backend);

        await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 7\r\n\r\n");

        var request = backend.Requests.Single();
        Assert.Equal("hi", request.Body);
        Assert.Equal([("x-sum", "7")], request.Trailers);
    }

    [Fact]
    public async Task FiltersOfTheRule_ApplyInTheFormOfHttp2()
    {
        await using var backend = Http2Backend.Answering();
        var routes = Http2Routes.All(backend.Endpoint).With(rule => rule with
        {
            RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-New", "2")], Remove = ["X-Old", "X-Request-Id"] }],
            UrlRewrite = new UrlRewrite { Hostname = "b.test", Path = new PathModifier(PathModifierType.ReplacePrefixMatch, "/base") },
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync("GET /p?q HTTP/1.1\r\nHost: a.test\r\nX-Old: 1\r\n\r\n");

        var request = backend.Requests.Single();
        Assert.Equal(("b.test", "/base/p?q", "2"), (request[":authority"], request[":path"], request["x-new"]));
        Assert.Null(request["x-old"]);
        Assert.Null(request["x-request-id"]);
    }

    [Fact]
    public async Task TrustedForwardedFields_AreContinued()
    {
        await using var backend = Http2Backend.Answering();
        var routes = new TestRoutes { Protocol = UpstreamProtocol.Http2, TrustedHops = 1 }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\nX-Forwarded-Proto: https\r\n\r\n");

        var request = backend.Requests.Single();
        Assert.Equal(("1.1.1.1, 2.2.2.2, 127.0.0.1", "https"), (request["x-forwarded-for"], request["x-forwarded-proto"]));
    }

    [Fact]
    public async Task LargeHead_ContinuesInMoreFrames()
    {
        await using var backend = Http2Backend.Answering();
        await using var proxy = await Http2Routes.StartAsync(backend);
        var value = new string('v', 30_000);

        Assert.Equal(200, (await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nX-Large: {value}\r\n\r\n")).Status);
        Assert.Equal(value, backend.Requests.Single()["x-large"]);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    [InlineData("BREW")]
    public async Task Method_IsPassedOn(string method)
    {
        await using var backend = Http2Backend.Answering((connection, request) => connection.SendHeadersAsync(request.StreamId, true, (":status", "204")));
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(204, (await proxy.ExchangeAsync($"{method} / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(method, backend.Requests.Single()[":method"]);
    }

    [Fact]
    public async Task LargeUpload_FollowsTheBackendsWindows()
    {
        var most = 0;
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            // The first request goes out before the proxy knows the window.
            await connection.HandshakeAsync((SettingId.InitialWindowSize, 1000));
            await connection.ReadRequestAsync();
            await connection.AnswerAsync(1, "ok");
            await connection.ReadEventAsync();
            var window = 1000;
            while (true)
            {
                var frame = (await connection.ReadEventAsync(giveBack: false))!;
                window -= frame.Payload.Length;
                most = Math.Max(most, frame.Payload.Length);
                Assert.True(window >= 0, "the proxy sent more than the window");
                if (frame.EndsStream)
                    break;
                if (window == 0)
                {
                    window = 5000;
                    await connection.SendWindowUpdateAsync(3, window);
                    await connection.SendWindowUpdateAsync(0, window);
                }
            }

            var body = connection.Partial(3).Body;
            await connection.AnswerAsync(3, body.Length.ToString(CultureInfo.InvariantCulture) + body[^3..]);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();
        var body = new string('x', 299_997) + "end";
        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal("300000end", (await client.ReadResponseAsync()).Body);
        Assert.InRange(most, 1, 5000);
    }

    [Fact]
    public async Task ChangedInitialWindow_CountsForOpenStreams()
    {
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.HandshakeAsync((SettingId.InitialWindowSize, 10));
            await connection.ReadRequestAsync();
            await connection.AnswerAsync(1, "ok");
            await connection.ReadEventAsync();
            Assert.Equal(10, (await connection.ReadEventAsync(giveBack: false))!.Payload.Length);
            await connection.SendSettingsAsync((SettingId.InitialWindowSize, 0));
            await connection.SendSettingsAsync((SettingId.InitialWindowSize, 15));
            Assert.Equal(5, (await connection.ReadEventAsync(giveBack: false))!.Payload.Length);
            await connection.SendSettingsAsync((SettingId.InitialWindowSize, 65_535));
            while (!(await connection.ReadEventAsync(giveBack: false))!.EndsStream)
            {
            }

            await connection.AnswerAsync(3, connection.Partial(3).Body);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal("0123456789abcdefghij", (await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 20\r\n\r\n0123456789abcdefghij")).Body);
    }

    [Fact]
    public async Task UploadThatTheBackendDoesNotTake_IsNotStoredUp()
    {
        await using var backend = Http2Backend.Start(async connection =>
        {
            while (await connection.ReadEventAsync(giveBack: false) is not null)
            {
            }
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();
        var chunk = new byte[64 * 1024];

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000000\r\n\r\n");
        long sent = 0;
        for (var idle = 0; idle < 100;)
        {
            var count = client.TrySend(chunk);
            sent += count;
            idle = count > 0 ? 0 : idle + 1;
            if (count == 0)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        // What sockets hold is not ours; a tenth of this would already show that nothing is stored without bound.
        Assert.InRange(sent, 65_535, 50_000_000);
    }
}
