using System.Net;
using Sluice.Configuration.Streaming;
using Sluice.Controller.Streaming;
using Sluice.Controller.Tests.Support;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>Proxies that want what they may not have, or do what they must not.</summary>
public sealed class HostileProxyTests
{
    [Theory]
    [InlineData(null, TestConfigurations.Gateway, HttpStatusCode.Unauthorized)]
    [InlineData("bad-token", TestConfigurations.Gateway, HttpStatusCode.Unauthorized)]
    [InlineData("others-token", TestConfigurations.Gateway, HttpStatusCode.Forbidden)]
    [InlineData(FakeAuthenticator.Token, "test/other", HttpStatusCode.Forbidden)]
    [InlineData(FakeAuthenticator.Token, "", HttpStatusCode.BadRequest)]
    public async Task WhoMayNotHaveTheConfiguration_IsRefused(string? token, string gateway, HttpStatusCode status)
    {
        await using var server = await StreamServer.StartAsync();
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(80, "secret"));

        await using var stream = await RawStream.OpenAsync(server, token, gateway);

        Assert.Equal(status, stream.Status);
        Assert.Equal(0, server.Hub.Counters.Opened);
        Assert.Equal(status == HttpStatusCode.Unauthorized ? 1 : 0, server.Ended(StreamEnd.Unauthenticated));
        Assert.Equal(status == HttpStatusCode.Forbidden ? 1 : 0, server.Ended(StreamEnd.Forbidden));
    }

    [Fact]
    public async Task TokenThatCannotBeLookedAt_IsForLater()
    {
        await using var server = await StreamServer.StartAsync();
        server.Authenticator.IsUnavailable = true;

        await using var stream = await RawStream.OpenAsync(server);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, stream.Status);
    }

    [Fact]
    public async Task Handshakes_AreLimited_BeforeTokensAreLookedAt()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { HandshakesPerSecond = 1, HandshakeBurst = 3 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            await using var stream = await RawStream.OpenAsync(server, "bad-token");
            statuses.Add(stream.Status);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(20, server.Ended(StreamEnd.Unauthenticated) + server.Ended(StreamEnd.HandshakeRate));
    }

    [Fact]
    public async Task AddressThatSendsManyInvalidTokens_CostsOthersNoHandshakes()
    {
        using var hub = new StreamHub(new StreamLimits { HandshakesPerSecond = 1, HandshakeBurst = 20, RefusalBurst = 5 }, new SteppingClock());
        var handler = new ConfigurationStreamHandler(hub, new FakeAuthenticator());

        var hostile = new List<int>();
        for (var i = 0; i < 100; i++)
            hostile.Add(await AskAsync(handler, "192.0.2.1", "bad-token"));
        var others = new List<int>();
        for (var i = 0; i < 10; i++)
            others.Add(await AskAsync(handler, "192.0.2.2", FakeAuthenticator.Token));

        Assert.Equal([.. Enumerable.Repeat(401, 5), .. Enumerable.Repeat(429, 95)], hostile);
        Assert.All(others, status => Assert.Equal(200, status));
        Assert.Equal(95, hub.Counters.Of(StreamEnd.RefusedAddress));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::2:3")]
    public async Task AddressThatSendsManyInvalidTokens_IsListenedToAgain_AfterAWhile(string address, string same)
    {
        var clock = new SteppingClock();
        using var hub = new StreamHub(new StreamLimits { RefusalBurst = 1 }, clock);
        var handler = new ConfigurationStreamHandler(hub, new FakeAuthenticator());

        Assert.Equal(401, await AskAsync(handler, address, "bad-token"));
        Assert.Equal(429, await AskAsync(handler, same, FakeAuthenticator.Token));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, await AskAsync(handler, same, FakeAuthenticator.Token));
    }

    [Fact]
    public async Task AnswerThatNobodyWaitsForAnyMore_HoldsNoPlace()
    {
        using var hub = new StreamHub(new StreamLimits { Connections = 2 }, TimeProvider.System);
        var handler = new ConfigurationStreamHandler(hub, new FakeAuthenticator());
        var request = new LocalRequest("POST", StreamProtocol.Path, $"{StreamProtocol.GatewayParameter}={TestConfigurations.Gateway}", new Dictionary<string, string> { ["authorization"] = $"Bearer {FakeAuthenticator.Token}" }, default) { BodyStream = Stream.Null };

        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await handler.HandleAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Streams_AreLimited_PerGatewayAndInAll()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { ConnectionsPerGateway = 2, Connections = 3 });
        await using var first = await RawStream.OpenAsync(server);
        await using var second = await RawStream.OpenAsync(server);
        await Guard.Eventually(() => server.DataPlane.Proxies is [{ Connected: 2 }], "two streams");

        await using var third = await RawStream.OpenAsync(server);
        await using var other = await RawStream.OpenAsync(server, "others-token", "test/other");
        await using var another = await RawStream.OpenAsync(server, "others-token", "test/other");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (third.Status, other.Status, another.Status));
    }

    [Theory]
    [InlineData("answer to what was never sent")]
    [InlineData("hello twice")]
    [InlineData("update of its own")]
    [InlineData("no JSON")]
    [InlineData("oversized")]
    [InlineData("unknown type")]
    public async Task FrameThatMustNotCome_CutsTheStream(string what)
    {
        await using var server = await StreamServer.StartAsync();
        await using var stream = await RawStream.OpenAsync(server);
        await Guard.Eventually(() => server.DataPlane.Proxies is [{ Connected: 1 }], "the stream");

        await stream.SendAsync(what switch
        {
            "answer to what was never sent" => StreamMessages.Write(new Answer(1, true, [], [])),
            "hello twice" => StreamMessages.Write(new Hello(1, "again", null)),
            "update of its own" => new byte[] { 0, 0, 0, 2, (byte)FrameType.Begin, (byte)'{', (byte)'}' },
            "no JSON" => new byte[] { 0, 0, 0, 1, (byte)FrameType.Answer, (byte)'x' },
            "oversized" => new byte[] { 0x7f, 0xff, 0xff, 0xff, (byte)FrameType.Answer },
            _ => new byte[] { 0, 0, 0, 0, 200 },
        });

        Assert.False(await stream.ReadToEndAsync());
        await Guard.Eventually(() => server.Ended(StreamEnd.Protocol) == 1, "the count");
        Assert.Equal(0, server.DataPlane.Proxies.Sum(counts => counts.Connected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FirstFrameThatIsNoHello_OrOfAnotherVersion_CutsTheStream(bool isHello)
    {
        await using var server = await StreamServer.StartAsync();
        await using var stream = await RawStream.OpenAsync(server, greets: false);

        await stream.SendAsync(isHello ? StreamMessages.Write(new Hello(99, "new", null)) : StreamMessages.Ping);

        Assert.False(await stream.ReadToEndAsync());
        await Guard.Eventually(() => server.Ended(StreamEnd.Protocol) == 1, "the count");
    }

    [Fact]
    public async Task FloodOfPings_CutsTheStream()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { SpareFrames = 10 });
        await using var stream = await RawStream.OpenAsync(server);

        await stream.SendAsync(Enumerable.Repeat(StreamMessages.Ping, 1000).SelectMany(ping => ping).ToArray());

        Assert.False(await stream.ReadToEndAsync());
        await Guard.Eventually(() => server.Ended(StreamEnd.Flood) == 1, "the count");
    }

    [Fact]
    public async Task FloodOfAnswers_CutsTheStream()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { SpareFrames = 10 });
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(80, "x"));
        await using var stream = await RawStream.OpenAsync(server);
        var version = await stream.ReadUpdateAsync(new UpdateReader());

        for (var i = 0; i < 100; i++)
            await stream.SendAsync(StreamMessages.Write(new Answer(version, i % 2 == 0, [], [])));

        Assert.False(await stream.ReadToEndAsync());
        await Guard.Eventually(() => server.Ended(StreamEnd.Flood) == 1, "the count");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("half a hello")]
    [InlineData("half an answer")]
    public async Task SilentProxy_IsCut(string says)
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { HelloTimeout = TimeSpan.FromMilliseconds(100), SilenceTimeout = TimeSpan.FromMilliseconds(100) });
        await using var stream = await RawStream.OpenAsync(server, greets: says == "half an answer");
        var half = says == "nothing" ? [] : StreamMessages.Write(new Hello(1, "half", null))[..^3];
        if (half.Length > 0)
            await stream.SendAsync(half);

        Assert.False(await stream.ReadToEndAsync());
        await Guard.Eventually(() => server.Ended(StreamEnd.Silent) == 1, "the count");
    }

    [Fact]
    public async Task SlowReader_GetsTheNewestNext_AndNothingQueuesUp()
    {
        await using var server = await StreamServer.StartAsync();
        var large = new string('x', 4_000_000);
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(80, large));
        await using var stream = await RawStream.OpenAsync(server);
        var reader = new UpdateReader();

        // Nothing is read: the first update fills every buffer on the way.
        await Guard.Eventually(() => server.DataPlane.Proxies is [{ Connected: 1 }], "the stream");
        for (var i = 0; i < 50; i++)
            server.Hub.Publish(TestConfigurations.Answering(80, large + i));
        server.Hub.Publish(TestConfigurations.Answering(80, "newest"));
        var newest = Assert.Single(server.Hub.Feeds).Current!.Version;
        var updates = 0;
        while (reader.Version < newest)
        {
            await stream.ReadUpdateAsync(reader);
            updates++;
        }

        Assert.InRange(updates, 1, 3);
        Assert.Equal("newest", ((Sluice.Configuration.DirectResponseAction)reader.Current.Configuration.Listeners[0].VirtualHosts[0].Routes[0].Rule.Action).Body);
    }

    [Fact]
    public async Task ReaderThatTakesNothing_IsCut()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { UpdateTimeout = TimeSpan.FromMilliseconds(200) });
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(80, new string('x', 8_000_000)));
        await using var stream = await RawStream.OpenAsync(server);

        await Guard.Eventually(() => server.Ended(StreamEnd.Slow) == 1, "the cut");
        Assert.Equal(0, server.DataPlane.Proxies.Sum(counts => counts.Connected));
    }

    [Fact]
    public async Task StreamThatIsOld_IsEndedInOrder()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { MaxAge = TimeSpan.FromMilliseconds(50), PingInterval = TimeSpan.FromMilliseconds(20) });
        await using var stream = await RawStream.OpenAsync(server);

        Assert.True(await stream.ReadToEndAsync());
        await Guard.Eventually(() => server.Ended(StreamEnd.Renewed) == 1, "the count");
    }

    [Theory]
    [InlineData("GET", StreamProtocol.Path, 405)]
    [InlineData("POST", "/", 404)]
    [InlineData("GET", "/metrics", 404)]
    public async Task OtherRequests_AreRefused(string method, string path, int status)
    {
        await using var server = await StreamServer.StartAsync();
        using var invoker = ProxyMode.ControllerSession.CreateInvoker(server.Address);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address.Uri, path)) { Version = HttpVersion.Version20 };

        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
    }

    private static async Task<int> AskAsync(ConfigurationStreamHandler handler, string address, string token)
    {
        var request = new LocalRequest(
            "POST", StreamProtocol.Path, $"{StreamProtocol.GatewayParameter}={TestConfigurations.Gateway}", new Dictionary<string, string> { ["authorization"] = $"Bearer {token}" }, default)
        {
            BodyStream = Stream.Null,
            Client = new IPEndPoint(IPAddress.Parse(address), 0),
        };
        return (await handler.HandleAsync(request, TestContext.Current.CancellationToken)).StatusCode;
    }
}
