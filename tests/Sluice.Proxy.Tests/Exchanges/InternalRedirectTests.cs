using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Redirects of backends that are followed: where to, with what, and when not.</summary>
public sealed class InternalRedirectTests
{
    private static readonly InternalRedirectPolicy Follow = new() { StatusCodes = [302, 303, 307] };

    [Fact]
    public async Task Target_IsServedByItsOwnRule()
    {
        await using var first = Redirecting(302, "http://b.test/new/../path?q=1#fragment", "X-Ticket: 7\r\nSet-Cookie: a=b\r\n");
        await using var second = ScriptedBackend.Answering();
        var routes = Routes(Follow with { ResponseHeadersToCopy = ["x-ticket"] }, first)
            .Forward("b.test", "/path", [new HeaderModifier { Set = [new HeaderValue("X-Rule", "b")] }], second.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();
        await using var http2 = await Http2Client.ConnectAsync(proxy.EndPoint);

        var response = await client.ExchangeAsync("GET /old HTTP/1.1\r\nHost: a.test\r\nX-Ticket: forged\r\nX-Own: o\r\n\r\n");
        var other = await http2.GetAsync(1, "/old");

        Assert.Equal((200, "ok"), (response.Status, response.Body));
        Assert.Null(response["Set-Cookie"]);
        Assert.Equal((200, "ok"), (other.Status, other.Body));
        Assert.All(second.Requests, request =>
        {
            Assert.Equal(("/path?q=1", "b.test", "b", "7"), (request.Target, request["Host"], request["X-Rule"], request["X-Ticket"]));
            Assert.Equal(1, request.Count("X-Ticket"));
        });
        Assert.Equal("o", second.Requests.First()["X-Own"]);
        Assert.Equal(200, (await client.ExchangeAsync("GET /path HTTP/1.1\r\nHost: b.test\r\n\r\n")).Status);
        var counts = await proxy.Server.UpstreamCountsAsync();
        Assert.Equal(0, counts.Active);
    }

    [Theory]
    [InlineData(302, "POST", "hello")]
    [InlineData(307, "POST", "hello")]
    [InlineData(303, "GET", "")]
    public async Task Body_IsSentAgain_UnlessThe303SaysGet(int status, string method, string body)
    {
        await using var first = Redirecting(status, "http://b.test/path");
        await using var second = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow, first).Forward("b.test", "/", second.Endpoint));

        var response = await proxy.ExchangeAsync("POST /old HTTP/1.1\r\nHost: a.test\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");

        Assert.Equal(200, response.Status);
        var request = second.Requests.Single();
        Assert.Equal((method, body, method == "GET" ? null : "text/plain"), (request.Method, request.Body, request["Content-Type"]));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("//b.test/path")]
    [InlineData("https://b.test/path")]
    [InlineData("ftp://b.test/path")]
    [InlineData("http://user@b.test/path")]
    [InlineData("http://b.test:1/path")]
    [InlineData("http://elsewhere.test/path")]
    [InlineData("http://b.test/../%zz")]
    [InlineData("http://b.test/nowhere")]
    [InlineData("http://b.test/pa th")]
    [InlineData("http://")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("")]
    public async Task WhatLeadsNowhereHere_IsPassedOn(string location)
    {
        await using var first = Redirecting(302, location);
        await using var second = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow, first).Forward("b.test", "/path", second.Endpoint));

        var response = await proxy.ExchangeAsync("GET /old HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal((302, location), (response.Status, response["Location"] ?? ""));
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task OtherScheme_IsFollowedWhereItIsAllowed()
    {
        await using var first = Redirecting(302, "https://b.test/path");
        await using var second = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow with { AllowCrossSchemeRedirect = true }, first).Forward("b.test", "/", second.Endpoint));

        Assert.Equal(200, (await proxy.ExchangeAsync("GET /old HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public async Task LongChains_EndWithTheRedirectThatIsOneTooMany(int most, int requests)
    {
        var next = 0;
        await using var backend = ScriptedBackend.Answering(_ => Redirect(302, $"http://a.test/{Interlocked.Increment(ref next)}"));
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow with { MaxRedirects = most }, backend));

        var response = await proxy.ExchangeAsync("GET /0 HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal((302, $"http://a.test/{requests}"), (response.Status, response["Location"]));
        Assert.Equal(requests, backend.Requests.Count);
    }

    [Fact]
    public async Task Loops_AreNotFollowed()
    {
        await using var backend = ScriptedBackend.Answering(_ => Redirect(302, "http://a.test/same?x"));
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow with { MaxRedirects = 10 }, backend));

        Assert.Equal(302, (await proxy.ExchangeAsync("GET /same?x HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task OtherStatuses_AndSeveralLocations_ArePassedOn()
    {
        await using var backend = ScriptedBackend.Answering(request => request.Target == "/two" ? Redirect(302, "http://a.test/x", "Location: http://a.test/y\r\n") : Redirect(301, "http://a.test/x"));
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow, backend));

        Assert.Equal(301, (await proxy.ExchangeAsync("GET /one HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(302, (await proxy.ExchangeAsync("GET /two HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(2, backend.Requests.Count);
    }

    [Fact]
    public async Task RequestThatIsNotKept_IsPassedOn()
    {
        await using var first = Redirecting(307, "http://b.test/path");
        await using var second = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { ReplayBytes = 1000 }, Routes(Follow, first).Forward("b.test", "/", second.Endpoint));

        Assert.Equal(307, (await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2000\r\n\r\n{new string('x', 2000)}")).Status);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task RuleThatAsksMore_IsNoWayAroundWhatItAsks()
    {
        await using var first = Redirecting(302, "http://b.test/path");
        await using var second = ScriptedBackend.Answering();
        var policies = new RequestPolicies { Acl = new AclPolicy { DefaultAction = AclAction.Deny } };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow, first).Forward("b.test", "/", second.Endpoint).With(rule => rule with { Policies = policies }));

        Assert.Equal(302, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task Target_MayAnswerByItself()
    {
        await using var first = Redirecting(302, "http://b.test/path");
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow, first).Add("b.test", "/", new DirectResponseAction { StatusCode = 418, Body = "tea" }));
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        for (var i = 0; i < 2; i++)
        {
            var response = await client.ReadResponseAsync();
            Assert.Equal((418, "tea"), (response.Status, response.Body));
        }
    }

    [Fact]
    public async Task Target_MayBeRetried()
    {
        var requests = 0;
        await using var first = Redirecting(302, "http://b.test/path");
        await using var second = ScriptedBackend.Answering(_ => Interlocked.Increment(ref requests) == 1 ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n" : ScriptedBackend.Ok);
        var routes = Routes(Follow, first).Forward("b.test", "/", second.Endpoint)
            .With(rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Backoff = TimeSpan.FromMilliseconds(1) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var response = await proxy.ExchangeAsync("PUT / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello");

        Assert.Equal(200, response.Status);
        Assert.All(second.Requests, request => Assert.Equal(("/path", "hello"), (request.Target, request.Body)));
        Assert.Equal(2, second.Requests.Count);
    }

    [Fact]
    public async Task ClientThatLeaves_IsForgotten()
    {
        await using var first = Redirecting(302, "http://b.test/path");
        await using var second = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.Reader.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Follow, first).Forward("b.test", "/", second.Endpoint));
        await using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            await second.NextRequestAsync();
            client.Reset();
        }

        Assert.Equal(404, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: c.test\r\n\r\n")).Status);
    }

    private static TestRoutes Routes(InternalRedirectPolicy policy, ScriptedBackend backend) =>
        new TestRoutes { Http = new HttpSettings() }.Forward("a.test", "/", backend.Endpoint).With(rule => rule with { InternalRedirect = policy });

    private static ScriptedBackend Redirecting(int status, string location, string fields = "") => ScriptedBackend.Answering(Redirect(status, location, fields));

    private static string Redirect(int status, string location, string fields = "") =>
        $"HTTP/1.1 {status} Redirect\r\n{(location.Length > 0 ? $"Location: {location}\r\n" : "")}{fields}Content-Length: 4\r\n\r\nmove";
}
