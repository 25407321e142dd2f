using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Policies of rules between client and backend: who is asked when, what a refusal looks like, and what a request that waits goes through.</summary>
public sealed class FilterExchangeTests
{
    private const string Get = "GET /a?b=c HTTP/1.1\r\nHost: a.test\r\nX-Old: 1\r\n\r\n";

    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData("/forward")]
    [InlineData("/moved")]
    [InlineData("/direct")]
    [InlineData("/none")]
    public async Task Refusal_ComesBeforeWhateverTheRuleDoes(string path)
    {
        await using var backend = ScriptedBackend.Answering();
        var policies = new RequestPolicies { Acl = PolicyRoutes.DenyAll with { BlockedByHeaderName = "X-Blocked-By", DenyStatusCode = 451 } };
        await using var proxy = await new TestRoutes()
            .Forward("*", "/forward", backend.Endpoint).With(policies)
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" }).With(policies)
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 200, Body = "ok" }).With(policies)
            .Add("*", "/none", new ForwardAction([])).With(policies)
            .StartAsync();
        await using var client = await proxy.ConnectAsync();

        var first = await client.ExchangeAsync($"GET {path} HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var second = await client.ExchangeAsync($"POST {path} HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello");

        Assert.Equal((451, "access denied\n", "default", "text/plain"), (first.Status, first.Body, first["X-Blocked-By"], first["Content-Type"]));
        Assert.Equal(451, second.Status);
        Assert.Empty(backend.Requests);
        await proxy.Server.ExpectAsync("sluice_http_filter_denied_total{filter=\"acl\",reason=\"acl_denied\"}", 2);
        await proxy.Server.ExpectAsync("sluice_http_request_ends_total{gateway=\"test/gateway\",listener=\"http\",reason=\"denied\"}", 2);
    }

    [Fact]
    public async Task PolicyThatCannotBeUsed_Refuses_AndIsReported()
    {
        await using var backend = ScriptedBackend.Answering();
        var policies = new RequestPolicies { Acl = new AclPolicy { DefaultAction = AclAction.Allow, Rules = [new AclRule { Action = AclAction.Deny, Cidrs = ["10.0.0.1/8"] }] } };
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies()).StartAsync();

        var result = await proxy.Server.ApplyAsync(PolicyRoutes.To(backend, policies).Build(proxy.Port));

        Assert.True(result.Applied);
        Assert.Contains("HTTPRoute/test/* rule 0: acl: rules[0]: \"10.0.0.1/8\" has bits behind its prefix", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(500, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Fields_OfFilters_GoToBackendAndClient_BesideThoseOfTheRule()
    {
        await using var backend = ScriptedBackend.Answering();
        var policies = new RequestPolicies
        {
            ApiKey = new ApiKeyPolicy { Clients = [new ApiKeyClient("alice", new SecretText("key-of-alice"))], ClientIdHeader = "X-Client" },
            LocalRateLimits = [PolicyRoutes.Limit("fields", 5) with { SendHeaders = true }],
        };
        await using var proxy = await PolicyRoutes.To(backend, policies).With(rule => rule with
        {
            RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Rule", "1")], Remove = ["X-Old"] }],
            ResponseHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Answer", "2")] }],
            Mirrors = [new RequestMirror { Cluster = "test/cluster0:80" }],
        }).StartAsync();

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-Old: 1\r\nApi-Key: key-of-alice\r\nX-Client: root\r\n\r\n");

        Assert.Equal((200, "2", "5", "4"), (response.Status, response["X-Answer"], response["X-RateLimit-Limit"], response["X-RateLimit-Remaining"]));
        for (var i = 0; i < 2; i++)
        {
            var request = await backend.NextRequestAsync();
            Assert.Equal(("1", "alice", null, null), (request["X-Rule"], request["X-Client"], request["X-Old"], request["Api-Key"]));
        }
    }

    [Fact]
    public async Task Order_IsThatOfTheStages_WhateverIsConfigured()
    {
        await using var backend = ScriptedBackend.Answering();
        var key = new ApiKeyPolicy { Clients = [new ApiKeyClient("alice", new SecretText("k"))] };
        var acl = new AclPolicy { DefaultAction = AclAction.Allow, Rules = [new AclRule { Action = AclAction.Deny, Cidrs = ["203.0.113.0/24"] }] };
        var policies = new RequestPolicies { Csrf = new CsrfPolicy(), Buffer = new BufferPolicy(2), Acl = acl, ApiKey = key, LocalRateLimits = [PolicyRoutes.Limit("order", 3)] };
        var routes = new TestRoutes { TrustedHops = 1 }.Forward("*", "/", backend.Endpoint).With(policies)
            .With(rule => rule with { Cors = new CorsPolicy { AllowOrigins = ["https://b.test"], AllowMethods = ["PUT"] } });
        await using var proxy = await routes.StartAsync();

        // Each has what the ones before it ask for; the last but one empties the bucket's third token.
        Assert.Equal(204, await Status("OPTIONS", "Origin: https://b.test\r\nAccess-Control-Request-Method: PUT\r\nX-Forwarded-For: 203.0.113.9\r\n"));
        Assert.Equal(401, await Status("PUT", "Origin: https://b.test\r\nX-Forwarded-For: 203.0.113.9\r\nContent-Length: 0\r\n"));
        Assert.Equal(403, await Status("PUT", "Api-Key: k\r\nOrigin: https://b.test\r\nX-Forwarded-For: 203.0.113.9\r\nContent-Length: 0\r\n"));
        Assert.Equal((403, "Invalid origin"), await Answer("PUT", "Api-Key: k\r\nOrigin: https://b.test\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: 0\r\n"));
        Assert.Equal(413, await Status("PUT", "Api-Key: k\r\nOrigin: http://a.test\r\nContent-Length: 3\r\n", "abc"));
        Assert.Equal(200, await Status("PUT", "Api-Key: k\r\nOrigin: http://a.test\r\nContent-Length: 2\r\n", "ab"));
        Assert.Equal(429, await Status("PUT", "Api-Key: k\r\nOrigin: https://b.test\r\nContent-Length: 3\r\n", "abc"));
        Assert.Single(backend.Requests);

        async Task<int> Status(string method, string fields, string body = "") => (await Answer(method, fields, body)).Status;

        async Task<(int Status, string Body)> Answer(string method, string fields, string body = "")
        {
            var response = await proxy.ExchangeAsync($"{method} / HTTP/1.1\r\nHost: a.test\r\n{fields}\r\n{body}");
            return (response.Status, response.Body);
        }
    }

    [Fact]
    public async Task RefusalBehindCors_HasTheFieldsThatABrowserNeeds()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { Acl = PolicyRoutes.DenyAll })
            .With(rule => rule with { Cors = new CorsPolicy { AllowOrigins = ["https://b.test"] } }).StartAsync();

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nOrigin: https://b.test\r\n\r\n");

        Assert.Equal((403, "https://b.test"), (response.Status, response["Access-Control-Allow-Origin"]));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Limit_IsExact_OverConnectionsAndWorkers(int more)
    {
        await using var backend = ScriptedBackend.Answering();
        const int Tokens = 60;
        await using var proxy = await PolicyRoutes.To(backend, PolicyRoutes.Limited($"exact{more}", Tokens)).StartAsync(workers: 3);

        var counts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Send(Tokens / 12 + more)));

        Assert.Equal(Tokens, counts.Sum());
        Assert.Equal(Tokens, backend.Requests.Count);

        async Task<int> Send(int requests)
        {
            await using var client = await proxy.ConnectAsync();
            var served = 0;
            for (var i = 0; i < requests; i++)
                served += (await client.ExchangeAsync(Get)).Status == 200 ? 1 : 0;
            return served;
        }
    }

    [Fact]
    public async Task Bucket_StaysAsItIs_WhenTheConfigurationChanges()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, PolicyRoutes.Limited("stays", 1)).StartAsync();
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        await proxy.ApplyAsync(PolicyRoutes.To(backend, PolicyRoutes.Limited("stays", 1) with { Csrf = new CsrfPolicy() }));
        Assert.Equal(429, (await proxy.ExchangeAsync(Get)).Status);

        await proxy.ApplyAsync(PolicyRoutes.To(backend, PolicyRoutes.Limited("stays", 2)));
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task Wait_ThenServed_WithHeadAndBodyAsTheyCame()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay }).StartAsync(_clock);
        await using var client = await proxy.ConnectAsync();

        // The next request, which is here already, waits its turn; what Connection names is dropped as ever.
        await client.SendAsync("POST /a?b=c HTTP/1.1\r\nHost: a.test\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Kept: 2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-End: 3\r\n\r\n" + Get);
        await _clock.WaitsAsync();
        Assert.Empty(backend.Requests);
        await OtherTrafficAsync(proxy);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        var request = await backend.NextRequestAsync();
        Assert.Equal(("POST /a?b=c HTTP/1.1", "hello", null, "2"), (request.StartLine, request.Body, request["X-Hop"], request["X-Kept"]));
        Assert.Equal("3", Assert.Single(request.Trailers).Value);
        await _clock.WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal("/a?b=c", (await backend.NextRequestAsync()).Target);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_OverHttp2_HoldsBodyAndTrailers(bool endsEmpty)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay }).StartAsync(_clock);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/a");
        if (!endsEmpty)
            await client.SendDataAsync(1, "hello", end: false);
        await client.SendHeadersAsync(1, end: true, "x-end: 3");
        await client.SettleAsync();
        await _clock.WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
        var request = await backend.NextRequestAsync();
        Assert.Equal(endsEmpty ? "" : "hello", request.Body);
        Assert.Equal("3", Assert.Single(request.Trailers).Value);
    }

    [Fact]
    public async Task Wait_PausesTheBody()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay }).StartAsync(_clock);
        await using var client = await proxy.ConnectAsync();
        const int Length = 32 * 1024 * 1024;
        var piece = new byte[64 * 1024];

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {Length}\r\n\r\n");
        await _clock.WaitsAsync();
        var sent = 0;
        for (var refused = 0; refused < 20 && sent < Length;)
        {
            var count = client.TrySend(piece.AsSpan(0, Math.Min(piece.Length, Length - sent)));
            sent += count;
            refused = count == 0 ? refused + 1 : 0;
            if (count == 0)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.InRange(sent, 1, Length - 1);
        _clock.Advance(TimeSpan.FromSeconds(5));
        while (sent < Length)
        {
            var count = client.TrySend(piece.AsSpan(0, Math.Min(piece.Length, Length - sent)));
            sent += count;
            if (count == 0)
                await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Length, (await backend.NextRequestAsync()).Body.Length);
    }

    [Fact]
    public async Task ClientThatGoes_WhileItsRequestWaits_LeavesNothing()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay with { MaxActiveFaults = 2 } }).StartAsync(_clock);
        for (var i = 0; i < 10; i++)
        {
            await using var client = await proxy.ConnectAsync();
            await client.SendAsync(Get);
            await _clock.WaitsAsync();
            client.Reset();
            await _clock.WaitsAsync(0);
        }

        await using var http2 = await FrameClient.ConnectAsync(proxy.EndPoint);
        await http2.SendGetAsync(1, "/");
        await _clock.WaitsAsync();
        await http2.SendAsync(Sluice.Proxy.Http2.Frames.FrameType.RstStream, 0, 1, 0, 0, 0, 8);
        await _clock.WaitsAsync(0);

        // Each has given its place among the active faults back, or this one would not wait.
        await using var last = await proxy.ConnectAsync();
        await last.SendAsync(Get);
        await _clock.WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await last.ReadResponseAsync()).Status);
        Assert.Single(backend.Requests);
        await proxy.Server.ExpectAsync("sluice_http_requests_active{gateway=\"test/gateway\",listener=\"http\"}", 0);
    }

    [Fact]
    public async Task ConfigurationThatChanges_WhileARequestWaits_IsForOthers()
    {
        await using var backend = ScriptedBackend.Answering();
        var key = new ApiKeyPolicy { Clients = [new ApiKeyClient("alice", new SecretText("k"))] };
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay, ApiKey = key }).StartAsync(_clock);
        await using var client = await proxy.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nApi-Key: k\r\n\r\n");
        await _clock.WaitsAsync();

        await proxy.ApplyAsync(PolicyRoutes.To(backend, new RequestPolicies { Acl = PolicyRoutes.DenyAll }));
        Assert.Equal(403, (await proxy.ExchangeAsync(Get)).Status);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Single(backend.Requests);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", 504, null)]
    [InlineData("POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/grpc\r\ngrpc-timeout: 20m\r\nTE: trailers\r\nConnection: TE\r\nContent-Length: 0\r\n\r\n", 200, "4")]
    public async Task TimeOfTheRequest_RunsOnWhileItWaits(string request, int status, string? grpcStatus)
    {
        await using var backend = ScriptedBackend.Answering();
        var timeouts = new RouteTimeouts { Request = grpcStatus is null ? TimeSpan.FromMilliseconds(20) : null };
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay }).With(rule => rule with { Timeouts = timeouts }).StartAsync(_clock);

        var response = await proxy.ExchangeAsync(request);

        Assert.Equal((status, grpcStatus), (response.Status, response["grpc-status"]));
        await _clock.WaitsAsync(0);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task ProxyThatStops_WhileRequestsWait_Stops()
    {
        await using var backend = ScriptedBackend.Answering();
        var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = PolicyRoutes.Delay }).StartAsync(_clock);
        await using var client = await proxy.ConnectAsync();
        await client.SendAsync(Get);
        await _clock.WaitsAsync();

        await proxy.DisposeAsync();

        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Refusal_OfGrpc_IsAStatus()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { Acl = PolicyRoutes.DenyAll }).With(rule => rule with { IsGrpc = true }).StartAsync();

        var plain = await proxy.ExchangeAsync(Call("application/grpc"));
        var web = await proxy.ExchangeAsync(Call("application/grpc-web"));
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        await client.SendPostAsync(1, "/a.B/C", "content-type: application/grpc", "te: trailers");
        var http2 = await client.ReadResponseAsync(1);

        Assert.Equal((200, "7", "access denied", "application/grpc"), (plain.Status, plain["grpc-status"], plain["grpc-message"], plain["Content-Type"]));
        Assert.Equal((200, null, "application/grpc-web"), (web.Status, web["grpc-status"], web["Content-Type"]));
        Assert.Contains("grpc-status: 7\r\ngrpc-message: access denied\r\n", web.Body, StringComparison.Ordinal);
        Assert.Equal(("200", "7"), (http2.Status, http2["grpc-status"]));
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData(14, 503, "14")]
    [InlineData(0, 503, "0")]
    public async Task Abort_WithAStatusOfGrpc_IsThatForGrpc(int status, int http, string grpc)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = new FaultInjectionPolicy { Abort = new FaultAbort { GrpcStatus = status } } }).StartAsync();

        Assert.Equal(http, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(grpc, (await proxy.ExchangeAsync(Call("application/grpc")))["grpc-status"]);
    }

    [Fact]
    public async Task Refusal_OverHttp2_IsLikeOverHttp1()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { Acl = PolicyRoutes.DenyAll with { BlockedByHeaderName = "X-By" } }).StartAsync();
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var first = await client.GetAsync(1, "/");
        await client.SendPostAsync(3, "/");
        var second = await client.ReadResponseAsync(3);

        Assert.Equal(("403", "access denied\n", "default"), (first.Status, first.Body, first["x-by"]));
        Assert.Equal("403", second.Status);
        Assert.Equal("403", (await client.GetAsync(5, "/")).Status);
    }

    [Fact]
    public async Task WebSocket_IsAskedToo_AndTunnelledWhenItMay()
    {
        const string Upgrade = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await connection.SendAsync(await connection.Reader.ReadExactlyAsync(4));
        });
        var policies = new RequestPolicies
        {
            FaultInjection = PolicyRoutes.Delay with { ResponseRateLimit = new FaultRateLimit(1) },
            ApiKey = new ApiKeyPolicy { Clients = [new ApiKeyClient("alice", new SecretText("k"))] },
            Buffer = new BufferPolicy(1),
        };
        await using var proxy = await PolicyRoutes.To(backend, policies).StartAsync(_clock);
        await using var refused = await proxy.ConnectAsync();
        await using var client = await proxy.ConnectAsync();

        await refused.SendAsync(Upgrade + "\r\nping");
        await _clock.WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(401, (await refused.ReadResponseAsync()).Status);
        Assert.Equal(0, backend.Connections);

        await client.SendAsync(Upgrade + "Api-Key: k\r\n\r\nping");
        await _clock.WaitsAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(101, (await client.Reader.ReadHeadAsync())!.Status);
        Assert.Equal("ping", await client.Reader.ReadExactlyAsync(4));
    }

    [Fact]
    public async Task Shadow_IsCounted_AndServed()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { Csrf = new CsrfPolicy { PercentageEnabled = 0, PercentageShadowed = 100 } }).StartAsync();

        Assert.Equal(200, (await proxy.ExchangeAsync("DELETE / HTTP/1.1\r\nHost: a.test\r\nOrigin: https://evil.test\r\n\r\n")).Status);

        await proxy.Server.ExpectAsync("sluice_http_filter_shadowed_total{reason=\"csrf_origin_mismatch\"}", 1);
    }

    private static string Call(string contentType) =>
        $"POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: {contentType}\r\nTE: trailers\r\nConnection: TE\r\nContent-Length: 5\r\n\r\nhello";

    /// <summary>What would lie where the head of a request lay that did not hold its own.</summary>
    private static async Task OtherTrafficAsync(TestProxy proxy)
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal(400, (await proxy.ExchangeAsync($"GET /{new string('x', 4000)} HTTP/1.1\r\nHost: /\r\n\r\n")).Status);
    }
}
