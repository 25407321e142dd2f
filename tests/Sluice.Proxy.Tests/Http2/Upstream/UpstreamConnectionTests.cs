using Sluice.Configuration;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>Connections over HTTP/2 to backends: how many, how long, and what becomes of requests when one ends.</summary>
public sealed class UpstreamConnectionTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task ManyRequests_ShareOneConnection()
    {
        var all = new TaskCompletionSource();
        var arrived = 0;
        await using var backend = Http2Backend.Start(async connection =>
        {
            var answers = new List<Task>();
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (++arrived == 50)
                    all.SetResult();
                answers.Add(AnswerAsync(connection, request));
            }

            await Task.WhenAll(answers);
        });
        async Task AnswerAsync(Http2BackendConnection connection, Http2Request request)
        {
            await all.Task;
            await connection.AnswerAsync(request.StreamId, request[":path"]!);
        }

        await using var proxy = await Http2Routes.StartAsync(backend);
        var clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => proxy.ConnectAsync()));
        var responses = await Task.WhenAll(clients.Select((client, i) => client.ExchangeAsync($"GET /{i} HTTP/1.1\r\nHost: a.test\r\n\r\n")));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"/{i}"), responses.Select(response => response.Body));
        Assert.Equal(1, backend.Connections);
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Theory]
    [InlineData(2u, 100)]
    [InlineData(100u, 2)]
    public async Task FullConnection_IsJoinedByAnother(uint theirs, int ours)
    {
        var all = new TaskCompletionSource();
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.HandshakeAsync((SettingId.MaxConcurrentStreams, theirs));
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request[":path"] == "/")
                    await connection.AnswerAsync(request.StreamId, "ok");
                else
                    _ = all.Task.ContinueWith(_ => connection.AnswerAsync(request.StreamId, "late"), TaskScheduler.Default).Unwrap();
            }
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { UpstreamStreams = ours }, backend);

        // The connection knows the backend's settings from now on.
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => proxy.ConnectAsync()));
        var exchanges = new List<Task<WireMessage>>();
        foreach (var client in clients)
        {
            exchanges.Add(client.ExchangeAsync("GET /wait HTTP/1.1\r\nHost: a.test\r\n\r\n"));
            await Eventually.Is(exchanges.Count, () => backend.Requests.Count - 1, "requests that have arrived");
        }

        Assert.Equal(3, backend.Connections);
        all.SetResult();
        Assert.All(await Task.WhenAll(exchanges), response => Assert.Equal("late", response.Body));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task GoAway_SendsTheUnprocessedElsewhere_AndWaitsForTheOthers()
    {
        var released = new TaskCompletionSource();
        await using var backend = Http2Backend.Start(async connection =>
        {
            if (connection.Index > 0)
            {
                while (await connection.ReadRequestAsync() is { } request)
                    await connection.AnswerAsync(request.StreamId, "second" + request.Body);
                return;
            }

            await connection.ReadRequestAsync();
            await connection.ReadRequestAsync();
            await connection.SendGoAwayAsync(1);
            await released.Task;
            await connection.AnswerAsync(1, "first");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var one = await proxy.ConnectAsync();
        await using var two = await proxy.ConnectAsync();

        await one.SendAsync(Get);
        await Eventually.Is(1, () => backend.Requests.Count, "requests");
        await two.SendAsync(Post);

        // Nothing was done with it, so that even a POST is sent again, with its body.
        Assert.Equal("secondok", (await two.ReadResponseAsync()).Body);
        released.SetResult();
        Assert.Equal("first", (await one.ReadResponseAsync()).Body);
        Assert.Equal("second", (await one.ExchangeAsync(Get)).Body);
        Assert.Equal(2, backend.Connections);
        Assert.Equal(1, proxy.Server.Metric("sluice_upstream_replays_total"));
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(3, 200)]
    [InlineData(4, 503)]
    public async Task RefusedStream_IsSentAgain(int refusals, int expected)
    {
        var left = refusals;
        await using var backend = Http2Backend.Answering((connection, request) =>
            left-- > 0 ? connection.SendResetAsync(request.StreamId, Http2Error.RefusedStream) : connection.AnswerAsync(request.StreamId, request.Body));
        await using var proxy = await Http2Routes.StartAsync(backend);

        var response = await proxy.ExchangeAsync(Post);

        Assert.Equal(expected, response.Status);
        Assert.Equal(expected == 200 ? "ok" : "503 Service Unavailable\n", response.Body);
        Assert.Equal(Math.Min(refusals + 1, 4), backend.Requests.Count);
    }

    [Fact]
    public async Task BackendThatTakesNoStreams_Is503AndKeepsNoConnection()
    {
        var ended = 0;
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.HandshakeAsync((SettingId.MaxConcurrentStreams, 0));
            var request = await connection.ReadRequestAsync();
            await connection.SendResetAsync(request!.StreamId, Http2Error.RefusedStream);
            await connection.ReadToEndAsync();
            Interlocked.Increment(ref ended);
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(4, backend.Connections);
        await Eventually.Is(4, () => Volatile.Read(ref ended), "connections that have ended");
    }

    [Fact]
    public async Task UnusedConnections_AreNotKeptWithoutBound()
    {
        var answer = new TaskCompletionSource();
        var ended = 0;
        await using var backend = Http2Backend.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            await answer.Task;
            await connection.AnswerAsync(request!.StreamId, "ok");
            await connection.ReadToEndAsync();
            Interlocked.Increment(ref ended);
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { UpstreamStreams = 1, UpstreamIdleConnections = 2 }, backend);
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => proxy.ConnectAsync()));

        for (var i = 0; i < clients.Length; i++)
        {
            await clients[i].SendAsync(Get);
            await Eventually.Is(i + 1, () => backend.Requests.Count, "requests that have arrived");
        }

        answer.SetResult();
        foreach (var client in clients)
        {
            Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
            await client.DisposeAsync();
        }

        await Eventually.Is(3, () => Volatile.Read(ref ended), "connections that have ended");
    }

    [Theory]
    [InlineData((uint)Http2Error.InternalError)]
    [InlineData((uint)Http2Error.Cancel)]
    [InlineData((uint)Http2Error.Http11Required)]
    public async Task OtherResets_Are502AndNotSentAgain(uint error)
    {
        await using var backend = Http2Backend.Answering((connection, request) => connection.SendResetAsync(request.StreamId, (Http2Error)error));
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(502, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task Resets_AreRetriedByPolicy()
    {
        var left = 2;
        await using var backend = Http2Backend.Answering((connection, request) =>
            left-- > 0 ? connection.SendResetAsync(request.StreamId, Http2Error.InternalError) : connection.AnswerAsync(request.StreamId, request.Body));
        var routes = Http2Routes.All(backend.Endpoint).With(rule => rule with { Retry = new RetryPolicy { Attempts = 2, Backoff = TimeSpan.FromMilliseconds(1) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal("ok", (await proxy.ExchangeAsync(Post)).Body);
        Assert.Equal(3, backend.Requests.Count);
    }

    [Fact]
    public async Task GrpcStatusOfTrailersOnly_IsRetriedByPolicy()
    {
        var left = 1;
        await using var backend = Http2Backend.Answering((connection, request) => left-- > 0
            ? connection.SendHeadersAsync(request.StreamId, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "14"))
            : connection.AnswerAsync(request.StreamId, request.Body));
        var routes = Http2Routes.All(backend.Endpoint).With(rule => rule with { Retry = new RetryPolicy { GrpcStatusCodes = [14], Backoff = TimeSpan.FromMilliseconds(1) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal("ok", (await proxy.ExchangeAsync(Post)).Body);
        Assert.Equal(1, proxy.Server.Metric("sluice_upstream_retries_total{reason=\"grpc status\"}"));
        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task KeptConnectionThatEnds_IsReplacedForIdempotentRequests()
    {
        await using var backend = Http2Backend.Start(async connection =>
        {
            var first = await connection.ReadRequestAsync();
            await connection.AnswerAsync(first!.StreamId, "ok");
            if (connection.Index == 0)
            {
                await connection.ReadRequestAsync();
                connection.Reset();
                return;
            }

            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(2, backend.Connections);
    }

    [Fact]
    public async Task ConnectionThatEndsOnAPost_Is502AndNotSentTwice()
    {
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(502, (await proxy.ExchangeAsync(Post)).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task DeadEndpoint_IsSkippedAndLosesNothing()
    {
        await using var backend = Http2Backend.Answering((connection, request) => connection.AnswerAsync(request.StreamId, request.Body[^3..]));
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Http2Routes.All(new Endpoint("127.0.0.1", dead.Port), backend.Endpoint));
        var body = new string('x', 200_000) + "end";

        for (var i = 0; i < 4; i++)
        {
            await using var client = await proxy.ConnectAsync();
            await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            Assert.Equal("end", (await client.ReadResponseAsync()).Body);
        }

        Assert.All(backend.Requests, request => Assert.Equal(body.Length, request.Body.Length));
    }

    [Fact]
    public async Task OnlyDeadEndpoints_Are503()
    {
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Http2Routes.All(new Endpoint("127.0.0.1", dead.Port)));
        await using var client = await proxy.ConnectAsync();

        Assert.Equal(503, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(503, (await client.ExchangeAsync(Post)).Status);
    }

    [Fact]
    public async Task BackendOfHttp1_Is502()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Http2Routes.All(backend.Endpoint));

        Assert.Equal(502, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task ClientThatGoes_ResetsItsStreamOnly()
    {
        var reset = new TaskCompletionSource<Http2Error>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.ReadEventAsync();
            reset.SetResult(connection.Resets[1]);
            var next = await connection.ReadRequestAsync();
            await connection.SendDataAsync(1, "late", endStream: true);
            await connection.AnswerAsync(next!.StreamId, "ok");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        await Eventually.Is(1, () => backend.Requests.Count, "requests");
        await client.DisposeAsync();

        // A client that half-closes may still want its answer: only a reset, or more, shows that it does not.
        Assert.Equal(Http2Error.Cancel, await reset.Task.Within("the reset"));
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task AnswerBeforeTheRequestsEnd_EndsTheStream()
    {
        var resets = new Dictionary<int, Http2Error>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadEventAsync();
            await connection.AnswerAsync(1, "early");
            while (!connection.Resets.ContainsKey(1))
                await connection.ReadEventAsync();
            resets = connection.Resets;
            var next = await connection.ReadRequestAsync();
            await connection.AnswerAsync(next!.StreamId, "ok");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000\r\n\r\n");
        Assert.Equal("early", (await client.ReadResponseAsync("POST")).Body);
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        Assert.Equal(Http2Error.Cancel, resets[1]);
    }

    [Fact]
    public async Task SilentBackend_Is504AndItsStreamIsReset()
    {
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.ReadEventAsync();
            Assert.Equal(Http2Error.Cancel, connection.Resets[1]);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { ResponseTimeout = TimeSpan.FromMilliseconds(200) }, backend);

        Assert.Equal(504, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Fact]
    public async Task IdleConnection_IsClosedInOrder()
    {
        var ended = new TaskCompletionSource<Http2Error?>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            await connection.AnswerAsync(request!.StreamId, "ok");
            await connection.ReadToEndAsync();
            ended.SetResult(connection.GoAway);
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { UpstreamIdleTimeout = TimeSpan.FromMilliseconds(100) }, backend);

        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        Assert.Equal(Http2Error.NoError, await ended.Task.Within("the connection to end"));
    }

    [Fact]
    public async Task RemovedEndpoint_FinishesWhatItHas()
    {
        var goOn = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var backend = Http2Backend.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            await goOn.Task;
            await connection.AnswerAsync(request!.StreamId, "old");
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        await using var other = Http2Backend.Answering();
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        await Eventually.Is(1, () => backend.Requests.Count, "requests");
        await proxy.ApplyAsync(Http2Routes.All(other.Endpoint));
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        goOn.SetResult();

        Assert.Equal("old", (await client.ReadResponseAsync()).Body);
        await ended.Task.Within("the old connection to end");
    }

    [Fact]
    public async Task ClusterThatChangesItsProtocol_IsAnotherCluster()
    {
        await using var backend = Http2Backend.Answering();
        await using var old = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(old.Endpoint);
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);

        await proxy.ApplyAsync(Http2Routes.All(backend.Endpoint));
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        Assert.Single(backend.Requests);

        await proxy.ApplyAsync(TestRoutes.All(old.Endpoint));
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        Assert.Equal(2, old.Requests.Count);
    }

    [Fact]
    public async Task Mirror_SpeaksHttp2()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var mirror = Http2Backend.Answering();
        var routes = new TestRoutes { Protocol = UpstreamProtocol.Http2 };
        var copy = new RequestMirror { Cluster = routes.AddCluster(mirror.Endpoint) };
        routes.Protocol = UpstreamProtocol.Http1;
        await using var proxy = await TestProxy.StartAsync(
            new ProxyLimits(), routes.Forward("*", "/", backend.Endpoint).With(rule => rule with { Mirrors = [copy] }));

        Assert.Equal("ok", (await proxy.ExchangeAsync(Post)).Body);
        await Eventually.Is(1, () => mirror.Requests.Count, "mirrored requests");
        Assert.Equal("ok", mirror.Requests.Single().Body);
        Assert.Equal(backend.Requests.Single()["X-Request-Id"], mirror.Requests.Single()["x-request-id"]);
        await Eventually.Is(0, () => proxy.Server.UpstreamCountsAsync().Result.Active, "requests in flight");
    }
}
