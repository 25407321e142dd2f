using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Copies of requests (HTTPRequestMirrorFilter): what mirrors get, and that nobody ever waits for them.</summary>
public sealed class MirrorTests
{
    private const string Get = "GET /a?b=c HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Theory]
    [InlineData("GET /a?b=c HTTP/1.1\r\nHost: a.test\r\nX-Old: 1\r\n\r\n", "")]
    [InlineData("POST /a?b=c HTTP/1.1\r\nHost: a.test\r\nX-Old: 1\r\nContent-Length: 5\r\n\r\nhello", "hello")]
    [InlineData("POST /a?b=c HTTP/1.1\r\nHost: a.test\r\nX-Old: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello")]
    public async Task EveryMirror_GetsWhatTheBackendGets(string request, string body)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var one = ScriptedBackend.Answering("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nbad");
        await using var two = ScriptedBackend.Answering();
        var routes = new TestRoutes();
        RequestMirror[] mirrors = [new() { Cluster = routes.AddCluster(one.Endpoint) }, new() { Cluster = routes.AddCluster(two.Endpoint) }];
        var edits = new HeaderModifier { Set = [new HeaderValue("X-New", "2")], Remove = ["X-Old"] };
        await using var proxy = await TestProxy.StartAsync(
            new ProxyLimits(), routes.Forward("*", "/", [edits], backend.Endpoint).With(rule => rule with { Mirrors = mirrors }));
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("ok", (await client.ExchangeAsync(request)).Body);
            var primary = await backend.NextRequestAsync();
            foreach (var mirror in new[] { one, two })
            {
                var copy = await mirror.NextRequestAsync();
                Assert.Equal(primary.RawHead, copy.RawHead);
                Assert.Equal(body, copy.Body);
            }
        }

        Assert.Equal(6, proxy.Server.Metric("sluice_mirrors_total"));
        await Eventually.Is(0, () => proxy.Server.UpstreamCountsAsync().Result.Active, "requests in flight");
        Assert.Equal(0, Drops(proxy));
    }

    [Fact]
    public async Task MirrorOfABackend_GetsItsRewrite_MirrorOfTheRule_GetsTheRules()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var ofRule = ScriptedBackend.Answering();
        await using var ofBackend = ScriptedBackend.Answering();
        var routes = new TestRoutes();
        var forward = new ForwardAction(
        [
            new WeightedBackend
            {
                Cluster = routes.AddCluster(backend.Endpoint),
                Weight = 1,
                UrlRewrite = new UrlRewrite { Path = new PathModifier(PathModifierType.ReplaceFullPath, "/backend") },
                Mirrors = [new RequestMirror { Cluster = routes.AddCluster(ofBackend.Endpoint) }],
            },
        ]);
        var mirror = new RequestMirror { Cluster = routes.AddCluster(ofRule.Endpoint) };
        routes.Add("*", "/", forward).With(rule => rule with
        {
            Mirrors = [mirror],
            UrlRewrite = new UrlRewrite { Hostname = "rule.test", Path = new PathModifier(PathModifierType.ReplaceFullPath, "/rule") },
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        Assert.Equal(("/backend?b=c", "a.test"), Seen(await backend.NextRequestAsync()));
        Assert.Equal(("/backend?b=c", "a.test"), Seen(await ofBackend.NextRequestAsync()));
        Assert.Equal(("/rule?b=c", "rule.test"), Seen(await ofRule.NextRequestAsync()));
        static (string, string?) Seen(WireMessage request) => (request.Target, request["Host"]);
    }

    [Theory]
    [InlineData(20, 100, 1000)]
    [InlineData(0, 100, 200)]
    [InlineData(25, 50, 1000)]
    public async Task Share_IsDrawnForEachRequest(int numerator, int denominator, int requests)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new ProxyLimits(), backend, new Endpoint("127.0.0.1", backend.Port), numerator, denominator);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < requests; i++)
            await client.ExchangeAsync(Get);

        // Five standard deviations of the binomial distribution.
        var share = (double)numerator / denominator;
        var tolerance = 5 * Math.Sqrt(requests * share * (1 - share));
        Assert.InRange(proxy.Server.Metric("sluice_mirrors_total"), (requests * share) - tolerance, (requests * share) + tolerance);
    }

    [Fact]
    public async Task DeadMirror_IsCountedAndNothingElse()
    {
        await using var backend = ScriptedBackend.Answering();
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await StartAsync(new ProxyLimits(), backend, new Endpoint("127.0.0.1", dead.Port));
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
            Assert.Equal(200, (await client.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok")).Status);
        }

        await Eventually.Is(20, () => Drops(proxy, "failed"), "dropped mirrors");
        Assert.Equal(20, backend.Requests.Count);
    }

    [Fact]
    public async Task MirrorThatDoesNotRead_IsGivenUp_AndTheBackendGetsEverything()
    {
        await using var backend = ScriptedBackend.Answering();
        var over = new TaskCompletionSource();
        await using var stuck = ScriptedBackend.Start(async _ => await over.Task);
        await using var proxy = await StartAsync(new ProxyLimits { MirrorBytes = 128 * 1024 }, backend, stuck.Endpoint);
        await using var client = await proxy.ConnectAsync();
        var body = new string('x', 16_000_000);

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal(body.Length, backend.Requests.Single().Body.Length);
        Assert.Equal(1, Drops(proxy, "too slow"));
        over.SetResult();
    }

    [Fact]
    public async Task MirrorThatDoesNotAnswer_IsLetGo_AndOthersAreNotBegun()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var silent = ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());
        await using var proxy = await StartAsync(
            new ProxyLimits { Mirrors = 1, MirrorTimeout = TimeSpan.FromSeconds(1) }, backend, silent.Endpoint);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(1, Drops(proxy, "too many"));
        await Eventually.Is(1, () => Drops(proxy, "response timeout"), "timeouts");
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(1, Drops(proxy, "too many"));
    }

    [Fact]
    public async Task MirrorThatAnswersTooMuch_IsCut()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var loud = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n{new string('x', 200_000)}");
        await using var proxy = await StartAsync(new ProxyLimits { MirrorResponseBytes = 100_000 }, backend, loud.Endpoint);

        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        await Eventually.Is(1, () => Drops(proxy, "response too large"), "cut responses");
    }

    [Fact]
    public async Task RequestThatBreaksOff_BreaksOffAtTheMirror()
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ExpectRequestAsync());
        await using var mirror = ScriptedBackend.Start(async connection => await connection.ExpectRequestAsync());
        await using var proxy = await StartAsync(new ProxyLimits(), backend, mirror.Endpoint);
        var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello");
        await Eventually.Holds(() => mirror.Connections == 1 && backend.Connections == 1, "both were connected to");
        await client.DisposeAsync();

        await Eventually.Holds(() => mirror.Broken == 1 && backend.Broken == 1, "both were cut");
        Assert.Equal(1, Drops(proxy, "request aborted"));
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Fact]
    public async Task Tunnel_IsNotMirrored()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await connection.ReadToEndAsync();
        });
        await using var mirror = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new ProxyLimits(), backend, mirror.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        Assert.Equal(101, (await client.Reader.ReadHeadAsync())!.Status);

        Assert.Equal(0, proxy.Server.Metric("sluice_mirrors_total"));
    }

    private static Task<TestProxy> StartAsync(ProxyLimits limits, ScriptedBackend backend, Endpoint mirror, int numerator = 1, int denominator = 1)
    {
        var routes = new TestRoutes();
        var copy = new RequestMirror { Cluster = routes.AddCluster(mirror), Numerator = numerator, Denominator = denominator };
        return TestProxy.StartAsync(limits, routes.Forward("*", "/", backend.Endpoint).With(rule => rule with { Mirrors = [copy] }));
    }

    private static long Drops(TestProxy proxy, string reason) => proxy.Server.Metric($"sluice_mirrors_dropped_total{{reason=\"{reason}\"}}");

    private static long Drops(TestProxy proxy) =>
        new[] { "too many", "too slow", "failed", "request aborted", "response timeout", "response too large" }.Sum(reason => Drops(proxy, reason));
}
