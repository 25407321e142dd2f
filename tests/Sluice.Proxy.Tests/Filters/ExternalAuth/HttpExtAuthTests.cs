using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Calls;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.ExternalAuth;

/// <summary>External authorization by HTTP.</summary>
public sealed class HttpExtAuthTests
{
    [Fact]
    public async Task Allowed_ServiceGotTheRequestWithoutItsBody_AndBothSidesGetItsFields()
    {
        await using ScriptedBackend service = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nX-User: ann\r\nX-Other: no\r\nX-Client: yes\r\nContent-Length: 2\r\n\r\nhi");
        await using PolicyBed bed = await StartAsync(service, policy => policy with
        {
            HeadersToForward = ["X-Told"],
            Http = policy.Http! with
            {
                PathPrefix = "/auth",
                HeadersToAdd = [new HeaderValue("X-Added", "1")],
                HeadersToBackend = ["X-User", "X-Role"],
                HeadersToClientOnSuccess = ["X-Client"],
            },
        });

        WireMessage answer = await bed.Proxy.ExchangeAsync(
            "POST /a?b=c HTTP/1.1\r\nHost: a.test\r\nAuthorization: Basic x\r\nX-Told: t\r\nX-Untold: u\r\nX-User: mallory\r\nX-Role: admin\r\nContent-Length: 5\r\n\r\nhello");

        WireMessage asked = await service.NextRequestAsync();
        Assert.Equal(("POST", "/auth/a?b=c", "a.test", ""), (asked.Method, asked.Target, asked["Host"], asked.Body));
        Assert.Equal(("Basic x", "t", null, "1"), (asked["Authorization"], asked["X-Told"], asked["X-Untold"], asked["X-Added"]));
        WireMessage request = await bed.Backend.NextRequestAsync();
        Assert.Equal(("ann", null, null, "hello"), (request["X-User"], request["X-Role"], request["X-Other"], request.Body));
        Assert.Equal((200, "yes", null), (answer.Status, answer["X-Client"], answer["X-User"]));
    }

    [Theory]
    [InlineData(302, true)]
    [InlineData(401, true)]
    [InlineData(403, false)]
    public async Task Denied_ClientGetsTheAnswer(int status, bool all)
    {
        await using ScriptedBackend service = ScriptedBackend.Answering(
            $"HTTP/1.1 {status} No\r\nLocation: /login\r\nSet-Cookie: a=b\r\nX-Hidden: h\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<no>");
        await using PolicyBed bed = await StartAsync(service, policy => policy with { Http = policy.Http! with { HeadersToClient = all ? [] : ["Set-Cookie"] } });

        WireMessage answer = await bed.GetAsync();

        Assert.Equal((status, "<no>", "text/html", "/login", "a=b"), (answer.Status, answer.Body, answer["Content-Type"], answer["Location"], answer["Set-Cookie"]));
        Assert.Equal(all ? "h" : null, answer["X-Hidden"]);
        Assert.Empty(bed.Backend.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("yes yes yes\r\n\r\n")]
    [InlineData("")]
    public async Task Nonsense_KeepsTheRequestOut_UnlessThePolicySaysOtherwise(string answer)
    {
        await using ScriptedBackend service = ScriptedBackend.Start(async connection =>
        {
            if (await connection.ReadRequestAsync() is not null && answer.Length > 0)
                await connection.SendAsync(answer);
        });
        await using PolicyBed closed = await StartAsync(service, policy => policy with { StatusOnError = 502 });
        await using PolicyBed open = await StartAsync(service, policy => policy with { FailOpen = true });

        Assert.Equal(502, (await closed.GetAsync()).Status);
        Assert.Empty(closed.Backend.Requests);
        Assert.Equal(200, (await open.GetAsync()).Status);
    }

    [Fact]
    public async Task OverHttp2_WorksAsWell()
    {
        await using Http2Backend service = Http2Backend.Answering((connection, request) => connection.AnswerAsync(request.StreamId, "", ("x-user", "ann")));
        await using PolicyBed bed = await PolicyBed.StartAsync(routes => new RequestPolicies
        {
            ExtAuth = new ExtAuthPolicy { Http = new ExtAuthHttpService { Cluster = routes.AddGrpcCluster(service.Endpoint), Timeout = TimeSpan.FromSeconds(10), PathPrefix = "/x", HeadersToBackend = ["x-user"] } },
        });

        Assert.Equal(200, (await bed.GetAsync("/a?b")).Status);

        Assert.True(service.Requests.TryDequeue(out Http2Request? asked));
        Assert.Equal(("GET", "/x/a?b", "a.test"), (asked[":method"], asked[":path"], asked[":authority"]));
        Assert.Equal("ann", (await bed.Backend.NextRequestAsync())["x-user"]);
    }

    [Theory]
    [InlineData("no slash")]
    [InlineData("/a?b")]
    public async Task Prefix_ThatIsNoPath_RefusesEverything(string prefix)
    {
        await using ScriptedBackend service = ScriptedBackend.Answering();
        await using PolicyBed bed = await StartAsync(service, policy => policy with { FailOpen = true, Http = policy.Http! with { PathPrefix = prefix } });

        Assert.Equal(500, (await bed.GetAsync()).Status);
    }

    private static Task<PolicyBed> StartAsync(ScriptedBackend service, Func<ExtAuthPolicy, ExtAuthPolicy> change) => PolicyBed.StartAsync(routes => new RequestPolicies
    {
        ExtAuth = change(new ExtAuthPolicy { Http = new ExtAuthHttpService { Cluster = routes.AddCluster(service.Endpoint), Timeout = TimeSpan.FromSeconds(10) } }),
    });
}
