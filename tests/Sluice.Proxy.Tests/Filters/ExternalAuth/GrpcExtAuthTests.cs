using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Calls;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.ExternalAuth;

/// <summary>External authorization by gRPC: what the service is told, what its answers do, and that nothing but a yes lets a request in.</summary>
public sealed class GrpcExtAuthTests
{
    private static readonly byte[] Yes = GrpcBackend.Write(writer => writer.Message(1, _ => { }));

    [Fact]
    public async Task Allowed_RequestPasses_AndTheServiceWasToldOfIt()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => Yes);
        await using PolicyBed bed = await StartAsync(service, policy => policy with { ContextExtensions = [new HeaderValue("team", "blue")] });

        WireMessage answer = await bed.GetAsync("/a/b?c=d", "X-One: 1", "X-Two: a", "X-Two: b", "Cookie: c=1");

        Assert.Equal((200, "ok"), (answer.Status, answer.Body));
        Assert.True(service.Requests.TryDequeue(out Http2Request? call));
        Assert.Equal("/envoy.service.auth.v3.Authorization/Check", call[":path"]);
        Assert.Equal(("POST", "service.test", "application/grpc", "trailers", "10000m"), (call[":method"], call[":authority"], call["content-type"], call["te"], call["grpc-timeout"]));
        byte[] message = GrpcBackend.Message(call);
        Assert.Equal(["127.0.0.1"], GrpcBackend.Texts(message, "1.1.1.1.2"));
        Assert.Equal(["GET"], GrpcBackend.Texts(message, "1.4.2.2"));
        Assert.Equal(["/a/b?c=d"], GrpcBackend.Texts(message, "1.4.2.4"));
        Assert.Equal(["a.test"], GrpcBackend.Texts(message, "1.4.2.5"));
        Assert.Equal(["http"], GrpcBackend.Texts(message, "1.4.2.6"));
        Assert.Equal(["HTTP/1.1"], GrpcBackend.Texts(message, "1.4.2.10"));
        Dictionary<string, string> headers = GrpcBackend.Map(message, "1.4.2.3");
        Assert.Equal(("1", "a,b", "c=1", "a.test"), (headers["x-one"], headers["x-two"], headers["cookie"], headers[":authority"]));
        Assert.Equal("blue", GrpcBackend.Map(message, "1.10")["team"]);
    }

    [Fact]
    public async Task HeadersToForward_AreAllThatTheServiceIsTold()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => Yes);
        await using PolicyBed bed = await StartAsync(service, policy => policy with { HeadersToForward = ["X-One"] });

        await bed.GetAsync("/", "x-one: 1", "x-two: 2");

        Assert.True(service.Requests.TryDequeue(out Http2Request? call));
        Assert.Equal(new Dictionary<string, string> { ["x-one"] = "1" }, GrpcBackend.Map(GrpcBackend.Message(call), "1.4.2.3"));
    }

    [Fact]
    public async Task Allowed_WithEdits_RequestAndResponseHaveThem()
    {
        byte[] answer = GrpcBackend.Write(writer => writer.Message(3, ok =>
        {
            ok.Option(2, "x-user", "ann");
            ok.Option(2, "x-more", "two", append: true);
            ok.Option(2, "x-absent", "set", action: 1);
            ok.Option(2, "x-there", "not set", action: 1);
            ok.Option(2, "x-nowhere", "not set", action: 3);
            ok.Text(5, "X-Secret");
            ok.Option(6, "x-answer", "yes");
            ok.Header(7, "q w", "a&b");
            ok.Header(7, "kept", "new");
            ok.Text(8, "gone");
        }));
        await using Http2Backend service = GrpcBackend.Answering(_ => answer);
        await using PolicyBed bed = await StartAsync(service);

        WireMessage response = await bed.GetAsync("/p?gone=1&kept=old&other=2", "X-User: mallory", "X-More: one", "X-There: here", "X-Secret: s");

        Assert.Equal(200, response.Status);
        Assert.Equal("yes", response["x-answer"]);
        WireMessage request = await bed.Backend.NextRequestAsync();
        Assert.Equal("/p?other=2&q%20w=a%26b&kept=new", request.Target);
        Assert.Equal(("ann", "set", "here", null, null), (request["x-user"], request["x-absent"], request["x-there"], request["x-nowhere"], request["x-secret"]));
        Assert.Equal("one, two", request["x-more"]);
    }

    [Fact]
    public async Task Denied_ClientGetsWhatTheServiceSays()
    {
        byte[] answer = GrpcBackend.Write(writer =>
        {
            writer.Message(1, status => status.Number(1, 7L));
            writer.Message(2, denied =>
            {
                denied.Message(1, status => status.Number(1, 401L));
                denied.Option(2, "www-authenticate", "Custom");
                denied.Option(2, "content-type", "application/json");
                denied.Option(2, "transfer-encoding", "chunked");
                denied.Text(3, "{}");
            });
        });
        await using Http2Backend service = GrpcBackend.Answering(_ => answer);
        await using PolicyBed bed = await StartAsync(service);

        WireMessage response = await bed.GetAsync();

        Assert.Equal((401, "{}"), (response.Status, response.Body));
        Assert.Equal(("Custom", "application/json"), (response["www-authenticate"], response["content-type"]));
        Assert.Empty(bed.Backend.Requests);
    }

    [Fact]
    public async Task Denied_WithoutMore_Is403()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => GrpcBackend.Write(writer => writer.Message(1, status => status.Number(1, 16L))));
        await using PolicyBed bed = await StartAsync(service);

        Assert.Equal(403, (await bed.GetAsync()).Status);
        Assert.Empty(bed.Backend.Requests);
    }

    /// <summary>Answers that are none, by what is wrong with them.</summary>
    public static TheoryData<string> Nonsense =>
    [
        "nothing", "garbage", "cut", "long", "compressed", "no status", "text", "500", "unavailable", "reset", "closed", "huge", "two messages",
        "host", "length", "line feed", "no name", "metadata",
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_KeepsTheRequestOut_UnlessThePolicySaysOtherwise(string what)
    {
        await using Http2Backend service = Http2Backend.Answering((connection, request) => AnswerAsync(connection, request.StreamId, what));
        await using PolicyBed closed = await StartAsync(service, policy => policy with { StatusOnError = 503 });
        await using PolicyBed open = await StartAsync(service, policy => policy with { FailOpen = true });

        Assert.Equal(503, (await closed.GetAsync()).Status);
        Assert.Empty(closed.Backend.Requests);
        Assert.Equal(200, (await open.GetAsync()).Status);
    }

    [Fact]
    public async Task SilentService_KeepsTheRequestOut_WhenItsTimeHasPassed()
    {
        await using Http2Backend service = Http2Backend.Start(async connection => await connection.ReadToEndAsync());
        await using PolicyBed bed = await StartAsync(service, policy => policy with { Grpc = policy.Grpc! with { Timeout = TimeSpan.FromMilliseconds(100) } });

        Assert.Equal(403, (await bed.GetAsync()).Status);
        Assert.Empty(bed.Backend.Requests);
    }

    [Fact]
    public async Task DeadService_KeepsTheRequestOut()
    {
        using PortReservation dead = ScriptedBackend.Dead();
        await using PolicyBed bed = await PolicyBed.StartAsync(routes => new RequestPolicies
        {
            ExtAuth = new ExtAuthPolicy { Grpc = new GrpcService { Cluster = routes.AddGrpcCluster(new Endpoint("127.0.0.1", dead.Port)), Authority = "a", Timeout = TimeSpan.FromSeconds(10) } },
        });

        Assert.Equal(403, (await bed.GetAsync()).Status);
    }

    [Fact]
    public async Task ServiceWithoutCluster_RefusesEverything()
    {
        await using PolicyBed bed = await PolicyBed.StartAsync(_ => new RequestPolicies
        {
            ExtAuth = new ExtAuthPolicy { FailOpen = true, Grpc = new GrpcService { Cluster = "none", Authority = "a", Timeout = TimeSpan.FromSeconds(10) } },
        });

        Assert.Equal(500, (await bed.GetAsync()).Status);
    }

    [Fact]
    public async Task UnavailableService_IsAskedAgain_AsOftenAsThePolicySays()
    {
        int calls = 0;
        await using Http2Backend service = Http2Backend.Answering((connection, request) => Interlocked.Increment(ref calls) < 3
            ? connection.SendHeadersAsync(request.StreamId, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "14"))
            : GrpcBackend.AnswerAsync(connection, request.StreamId, Yes));
        await using PolicyBed bed = await StartAsync(service, policy => policy with
        {
            Grpc = policy.Grpc! with { Retry = new CallRetry { Attempts = 2, BaseInterval = TimeSpan.FromMilliseconds(1), MaxInterval = TimeSpan.FromMilliseconds(2) } },
        });

        Assert.Equal(200, (await bed.GetAsync()).Status);
        Assert.Equal(3, calls);
    }

    // The connection that is kept ends just when it is used again: nobody is refused because of that.
    [Fact]
    public async Task RestartedService_IsAskedOnANewConnection()
    {
        await using Http2Backend service = Http2Backend.Start(async connection =>
        {
            Http2Request? request = await connection.ReadRequestAsync();
            if (request is null)
                return;
            await GrpcBackend.AnswerAsync(connection, request.StreamId, Yes);
            await connection.ReadEventAsync(giveBack: false);
        });
        await using PolicyBed bed = await StartAsync(service);

        for (int i = 0; i < 5; i++)
            Assert.Equal(200, (await bed.GetAsync()).Status);
    }

    [Fact]
    public async Task ClientThatGoes_EndsTheCall()
    {
        var asked = new TaskCompletionSource();
        var ended = new TaskCompletionSource<Http2Frame>();
        await using Http2Backend service = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            asked.SetResult();
            ended.SetResult((await connection.ReadEventAsync())!);
        });
        await using PolicyBed bed = await StartAsync(service);
        await using (RawClient client = await bed.Proxy.ConnectAsync())
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            await asked.Task.Within("the call");
            client.Reset();
        }

        Assert.Equal(FrameType.RstStream, (await ended.Task.Within("the end of the call")).Type);
        Assert.Empty(bed.Backend.Requests);
    }

    [Fact]
    public async Task Body_WaitsForTheVerdict_AndReachesTheBackend()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => Yes);
        await using PolicyBed bed = await StartAsync(service);

        WireMessage answer = await bed.Proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello");

        Assert.Equal(200, answer.Status);
        Assert.Equal("hello", (await bed.Backend.NextRequestAsync()).Body);
    }

    [Fact]
    public async Task ManyAtOnce_AllGetTheirOwnAnswer()
    {
        await using Http2Backend service = GrpcBackend.Answering(message =>
        {
            string path = GrpcBackend.Texts(message, "1.4.2.4").Single();
            return GrpcBackend.Write(writer => writer.Message(3, ok => ok.Option(2, "x-path", path)));
        });
        await using PolicyBed bed = await StartAsync(service);

        WireMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => bed.GetAsync($"/{i}")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.All(bed.Backend.Requests, request => Assert.Equal(request.Target, request["x-path"]));
        Assert.Equal(100, bed.Backend.Requests.Count);
    }

    [Fact]
    public async Task Metadata_IsThereForExpressions()
    {
        byte[] answer = GrpcBackend.Write(writer =>
        {
            writer.Message(1, _ => { });
            writer.Message(4, map => map.Message(1, entry =>
            {
                entry.Text(1, "team");
                entry.Message(2, value => value.Text(3, "blue"));
            }));
        });
        await using Http2Backend service = GrpcBackend.Answering(_ => answer);

        Assert.Equal(200, await StatusWith("blue"));
        Assert.Equal(403, await StatusWith("red"));

        async Task<int> StatusWith(string team)
        {
            await using PolicyBed bed = await PolicyBed.StartAsync(routes => new RequestPolicies
            {
                ExtAuth = new ExtAuthPolicy { Grpc = routes.Service(service) },
                Rbac = new RbacPolicy { Action = RbacAction.Allow, Expressions = [$"metadata.filter_metadata['envoy.filters.http.ext_authz']['team'] == '{team}'"] },
            });
            return (await bed.GetAsync()).Status;
        }
    }

    private static Task<PolicyBed> StartAsync(Http2Backend service, Func<ExtAuthPolicy, ExtAuthPolicy>? change = null) => PolicyBed.StartAsync(routes =>
    {
        var policy = new ExtAuthPolicy { Grpc = routes.Service(service) };
        return new RequestPolicies { ExtAuth = change?.Invoke(policy) ?? policy };
    });

    private static async Task AnswerAsync(Http2BackendConnection connection, int id, string what)
    {
        (string, string)[] head = [(":status", "200"), ("content-type", "application/grpc")];
        switch (what)
        {
            case "no status":
                await connection.SendHeadersAsync(id, false, head);
                await connection.SendDataAsync(id, GrpcBackend.Frame(Yes), endStream: true);
                return;
            case "text":
                await connection.AnswerAsync(id, "yes", ("content-type", "text/plain"));
                return;
            case "500":
                await connection.SendHeadersAsync(id, true, (":status", "500"));
                return;
            case "unavailable":
                await connection.SendHeadersAsync(id, true, [.. head, ("grpc-status", "14")]);
                return;
            case "reset":
                await connection.SendHeadersAsync(id, false, head);
                await connection.SendResetAsync(id, Http2Error.InternalError);
                return;
            case "closed":
                await connection.SendHeadersAsync(id, false, head);
                connection.Reset();
                return;
        }
        await connection.SendHeadersAsync(id, false, head);
        if (what == "huge")
        {
            for (int i = 0; i < 20; i++)
                await connection.SendDataAsync(id, new string('\0', 16_000), endStream: false);
            return;
        }
        await connection.SendDataAsync(id, Data(what), endStream: false);
        await connection.SendHeadersAsync(id, true, ("grpc-status", "0"));
    }

    private static string Data(string what) => what switch
    {
        "nothing" => GrpcBackend.Frame([]),
        "garbage" => GrpcBackend.Frame([0x0A, 0x00, 0xFF, 0xFF]),
        "cut" => GrpcBackend.Frame(Yes, lie: 3),
        "long" => GrpcBackend.Frame(Yes, lie: -1),
        "compressed" => GrpcBackend.Frame(Yes, flag: 1),
        "two messages" => GrpcBackend.Frame(Yes) + GrpcBackend.Frame(Yes),
        "host" => Ok(ok => ok.Option(2, "host", "evil.test")),
        "length" => Ok(ok => ok.Option(2, "content-length", "0")),
        "line feed" => Ok(ok => ok.Option(6, "x-a", "b\r\nx-evil: 1")),
        "no name" => Ok(ok => ok.Option(2, "a b", "c")),
        _ => GrpcBackend.Frame(GrpcBackend.Write(writer =>
        {
            writer.Message(1, _ => { });
            writer.Bytes(4, [0xFF]);
        })),
    };

    private static string Ok(Action<ProtobufWriter> write) => GrpcBackend.Frame(GrpcBackend.Write(writer => writer.Message(3, write)));
}
