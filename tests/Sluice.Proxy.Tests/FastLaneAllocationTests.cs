using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Filters.Jwt;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests;

/// <summary>A request that only is parsed, matched, edited and forwarded allocates nothing.</summary>
public sealed class FastLaneAllocationTests
{
    private const int Requests = 500;

    [Theory]
    [InlineData("GET /a/b?c=d HTTP/1.1\r\nHost: a.example\r\nUser-Agent: t\r\nAccept: */*\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("GET /edited HTTP/1.1\r\nHost: a.example\r\nX-Old: 1\r\n\r\n")]
    [InlineData("GET /direct HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("GET /cors HTTP/1.1\r\nHost: a.example\r\nOrigin: https://www.b.example\r\n\r\n")]
    [InlineData("OPTIONS /cors HTTP/1.1\r\nHost: a.example\r\nOrigin: https://www.b.example\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n\r\n")]
    [InlineData("GET /session HTTP/1.1\r\nHost: a.example\r\nCookie: a=b; s=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\r\n")]
    [InlineData("GET /moved HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("GET /timed HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("POST /timed HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("GET /retried/always HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("POST /mirrored HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("POST /a.B/C HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/grpc\r\ngrpc-timeout: 1M\r\nTE: trailers\r\nConnection: TE\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("POST /grpc/web HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/grpc-web-text+proto\r\nContent-Length: 8\r\n\r\naGVsbG8=")]
    [InlineData("POST /grpc/none HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/grpc\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task Request_OnKeptConnections_AllocatesNothing(string request)
    {
        const string GrpcAnswer = "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\ngrpc-status: 0\r\n\r\n";
        await using var backend = ScriptedBackend.Answering(message =>
            message.Target == "/retried/always" ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n" : message.Target == "/grpc/web" ? GrpcAnswer : ScriptedBackend.Ok);
        var retry = new RetryPolicy { StatusCodes = [503], Backoff = TimeSpan.Zero };
        var timeouts = new RouteTimeouts { Request = TimeSpan.FromMinutes(1), BackendRequest = TimeSpan.FromMinutes(1) };
        var edits = new HeaderModifier { Set = [new HeaderValue("X-New", "2")], Remove = ["X-Old"] };
        var routes = new TestRoutes()
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 200, Body = "ok" })
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" })
            .Add("*", "/edited", new ForwardAction([new WeightedBackend { Cluster = "test/cluster0:80", Weight = 1 }]), [edits])
            .Forward("*", "/timed", backend.Endpoint).With(rule => rule with { Timeouts = timeouts, Retry = retry })
            .Forward("*", "/retried", backend.Endpoint).With(rule => rule with { Timeouts = timeouts, Retry = retry })
            .Forward("*", "/mirrored", backend.Endpoint).With(rule => rule with { Mirrors = [new RequestMirror { Cluster = "test/cluster0:80" }] })
            .Add("*", "/cors", new ForwardAction([new WeightedBackend { Cluster = "test/cluster0:80", Weight = 1 }]), [edits])
            .With(rule => rule with { Cors = new CorsPolicy { AllowOrigins = ["https://*.b.example"], AllowHeaders = ["*"], AllowMethods = ["*"], AllowCredentials = true } })
            .Add("*", "/session", new ForwardAction([new WeightedBackend { Cluster = "test/cluster0:80", Weight = 1 }]))
            .With(rule => rule with { SessionPersistence = new SessionPersistence { Type = SessionPersistenceType.Cookie, SessionName = "s" } })
            .Add("*", "/grpc/none", new ForwardAction([]))
            .Forward("*", "/grpc", backend.Endpoint).With(rule => rule with { IsGrpc = true })
            .Forward("*", "/", backend.Endpoint);

        // The client does not wait for mirrors: without a bound, a busy machine would need more objects than the first round.
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { Mirrors = 1 }, routes);
        await using var client = await proxy.ConnectAsync();

        await Allocations.AreNoneAsync(proxy.Server, Requests, () => Repeat(client, request));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task Request_ToABackendOfHttp2_AllocatesNothing(string request)
    {
        await using var backend = Http2Backend.Answering();
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await Allocations.AreNoneAsync(proxy.Server, Requests, () => Repeat(client, request));
    }

    /// <summary>Access list, local limit, a token that is known already, header rules and CORS together.</summary>
    [Theory]
    [InlineData(200, "Authorization: Bearer {0}\r\nOrigin: https://b.test\r\nX-Old: 1\r\n")]
    [InlineData(401, "Origin: https://b.test\r\n")]
    public async Task Request_PastPolicies_AllocatesNothing(int status, string fields)
    {
        using var issuer = new TokenIssuer();
        await using var backend = ScriptedBackend.Answering();
        var policies = new RequestPolicies
        {
            Acl = new AclPolicy { DefaultAction = AclAction.Deny, Rules = [new AclRule { Action = AclAction.Allow, Cidrs = ["127.0.0.0/8", "::1/128"] }] },
            LocalRateLimits = [PolicyRoutes.Limit("allocations", int.MaxValue) with { SendHeaders = true }],
            Jwt = new JwtPolicy { Providers = [new JwtProvider { Name = "p", Issuer = "issuer", InlineJwks = issuer.Jwks, ClaimsToHeaders = [new ClaimToHeader("sub", "X-Sub")] }] },
            Rbac = new RbacPolicy { Expressions = ["request.method == 'GET' && source.address.startsWith('127.')"] },
            Csrf = new CsrfPolicy(),
        };
        await using var proxy = await PolicyRoutes.To(backend, policies).With(rule => rule with
        {
            RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-New", "2")], Remove = ["X-Old"] }],
            ResponseHeaders = [new HeaderModifier { Add = [new HeaderValue("X-Out", "3")] }],
            Cors = new CorsPolicy { AllowOrigins = ["https://b.test"] },
        }).StartAsync(new ManualClock());
        await using var client = await proxy.ConnectAsync();
        var request = $"GET / HTTP/1.1\r\nHost: a.example\r\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, fields, issuer.Issue())}\r\n";
        Assert.Equal(status, (await client.ExchangeAsync(request)).Status);

        await Allocations.AreNoneAsync(proxy.Server, Requests, () => Repeat(client, request));
    }

    private static async Task Repeat(RawClient client, string request)
    {
        for (var i = 0; i < Requests; i++)
            await client.ExchangeAsync(request);
    }
}
