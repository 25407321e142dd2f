using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>Transformations of requests and responses, end to end (TrafficPolicy.spec.transformation).</summary>
public sealed class TransformationTests
{
    private static readonly BodyTransformation Json = new(BodyParsing.AsJson, "{\"hello\":\"{{ name }}\",\"n\":{{ items|length }}}");

    [Fact]
    public async Task Request_HeadersAndPseudoHeaders_AreChanged_AndRemovedLast()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation
        {
            Set =
            [
                new HeaderTemplate("x-path", "{{ header(':path') }}"), new HeaderTemplate(":path", "/new?from={{ header(':path')|urlencode }}"), new HeaderTemplate(":method", "PUT"),
                new HeaderTemplate("Host", "b.test"), new HeaderTemplate("x-gone", ""), new HeaderTemplate("x-late", "1"), new HeaderTemplate("x-old", "{{ header('x-old') }}!"),
            ],
            Add = [new HeaderTemplate("x-old", "two"), new HeaderTemplate("x-cookie", "{{ get_cookie('b') }}")],
            Remove = ["x-late", "x-secret"],
        }));

        var response = await proxy.ExchangeAsync("GET /a?b HTTP/1.1\r\nHost: a.test\r\nX-Old: one\r\nX-Gone: 1\r\nX-Secret: s\r\nCookie: a=1; b=2\r\n\r\n");

        Assert.Equal(200, response.Status);
        var request = backend.Requests.Single();
        Assert.Equal(("PUT", "/new?from=/a%3Fb", "b.test"), (request.Method, request.Target, request["Host"]));
        Assert.Equal(("/a?b", "one!, two", "2"), (request["x-path"], request["x-old"], request["x-cookie"]));
        Assert.Null(request["x-gone"]);
        Assert.Null(request["x-late"]);
        Assert.Null(request["x-secret"]);
    }

    [Theory]
    [InlineData("Content-Length: 32\r\n\r\n{\"name\":\"Ada\",\"items\":[1, 2, 3]}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"nam\r\n1b\r\ne\":\"Ada\",\"items\":[1, 2, 3]}\r\n0\r\n\r\n")]
    public async Task Request_JsonBody_IsReplaced_WithItsLength(string rest)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = Json, Set = [new HeaderTemplate("x-first", "{{ items[0] }}")] }));

        Assert.Equal(200, (await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{rest}")).Status);

        var request = backend.Requests.Single();
        Assert.Equal("{\"hello\":\"Ada\",\"n\":3}", request.Body);
        Assert.Equal(("21", null, "1"), (request["Content-Length"], request["Transfer-Encoding"], request["x-first"]));
    }

    [Fact]
    public async Task Request_InvalidJson_PassesUnchanged()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = Json, Set = [new HeaderTemplate("x-set", "1")] }));

        Assert.Equal(200, (await proxy.ExchangeAsync(BodyRoutes.Post("{not json"))).Status);

        Assert.Equal("{not json", backend.Requests.Single().Body);
        Assert.Null(backend.Requests.Single()["x-set"]);
    }

    [Fact]
    public async Task Request_ThatEndsInItsMiddle_NeverReachesTheBackend()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = Json }));
        await using (var client = await proxy.ConnectAsync())
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100\r\n\r\n{\"name\":");

        Assert.Equal(200, (await proxy.ExchangeAsync(BodyRoutes.Post("{\"name\":\"x\",\"items\":[]}"))).Status);
        Assert.Single(backend.Requests);
    }

    [Theory]
    [InlineData("Content-Length: 2000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7d0\r\n")]
    public async Task Request_TooLarge_Is413(string framing)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = Json }), new ProxyLimits { TransformedBodyBytes = 1000 });
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{framing}{new string('x', 1500)}");

        Assert.Equal(413, (await client.ReadResponseAsync("POST")).Status);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("{{ 1 / 0 }}", "x-a")]
    [InlineData("{{ body() }}", "x-a")]
    [InlineData("no path", ":path")]
    [InlineData("HEAD", ":method")]
    [InlineData("a b", ":authority")]
    public async Task Request_WhoseTransformationFails_Is500(string value, string header)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation
        {
            Set = [new HeaderTemplate(header, value)],
            Body = new BodyTransformation(BodyParsing.AsString, null),
        }));

        Assert.Equal(500, (await proxy.ExchangeAsync(BodyRoutes.Post("line\r\nx-injected: 1"))).Status);
        Assert.Empty(backend.Requests);
        Assert.Equal(1, proxy.Server.Metric("sluice_body_faults_total{reason=\"transformation\"}"));
    }

    [Fact]
    public async Task Request_ExpectingContinue_IsToldToGoOn()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = Json }));
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 23\r\n\r\n");
        Assert.Equal(100, (await client.ReadResponseAsync("POST")).Status);
        await client.SendAsync("{\"name\":\"x\",\"items\":[]}");

        Assert.Equal(200, (await client.ReadResponseAsync("POST")).Status);
        Assert.Null(backend.Requests.Single()["Expect"]);
        Assert.Equal("{\"hello\":\"x\",\"n\":0}", backend.Requests.Single().Body);
    }

    [Fact]
    public async Task Request_IsRetried_WithItsNewBody_HoweverLarge()
    {
        var body = new string('b', 300_000);
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
                await connection.SendAsync(connection.Index == 0 ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" : ScriptedBackend.Ok);
        });
        await using var proxy = await BodyRoutes.StartAsync(
            backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = new BodyTransformation(BodyParsing.AsString, "<{{ body() }}>") }),
            change: rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Attempts = 1, Backoff = TimeSpan.FromMilliseconds(1) } });

        Assert.Equal(200, (await proxy.ExchangeAsync(BodyRoutes.Post(body))).Status);
        Assert.Equal(2, backend.Requests.Count);
        Assert.All(backend.Requests, request => Assert.Equal($"<{body}>", request.Body));
    }

    [Fact]
    public async Task Request_Trailers_AreKept()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Body = new BodyTransformation(BodyParsing.AsString, "{{ body()|upper }}") }));

        Assert.Equal(200, (await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n")).Status);

        var request = backend.Requests.Single();
        Assert.Equal("ABC", request.Body);
        Assert.Equal("x-sum", request.Trailers.Single().Name, ignoreCase: true);
    }

    [Fact]
    public async Task Response_BodyAndStatus_AreChanged()
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok("{\"name\":\"Ada\",\"items\":[1]}", "Content-Type: application/json\r\nX-Old: 1\r\n"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Response(new MessageTransformation
        {
            Set = [new HeaderTemplate(":status", "{{ '404' if name == 'Ada' else header(':status') }}"), new HeaderTemplate("x-asked", "{{ request_header('x-q') }} {{ request_header(':path') }}")],
            Remove = ["x-old"],
            Body = Json,
        }));
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync("GET /p HTTP/1.1\r\nHost: a.test\r\nX-Q: q\r\n\r\n");
            Assert.Equal("HTTP/1.1 404 Not Found", response.StartLine);
            Assert.Equal(("{\"hello\":\"Ada\",\"n\":1}", "21", "q /p"), (response.Body, response["Content-Length"], response["x-asked"]));
            Assert.Null(response["x-old"]);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx-t: 1\r\n\r\n", "GET", 200, "<abc>")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc", "GET", 200, "<abc>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "GET", 200, "<>")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "GET", 204, "")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", "GET", 304, "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "HEAD", 200, "")]
    public async Task Response_OfEveryFraming_IsReframed(string raw, string method, int status, string body)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.SendAsync(raw);
                if (raw.Contains("close", StringComparison.Ordinal))
                    connection.ShutdownSend();
            }
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Response(new MessageTransformation
        {
            Set = [new HeaderTemplate("x-seen", "1")],
            Body = new BodyTransformation(BodyParsing.AsString, "<{{ body() }}>"),
        }));
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync($"{method} / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal((status, body, "1"), (response.Status, response.Body, response["x-seen"]));
        Assert.Equal(status, (await client.ExchangeAsync($"{method} / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", 502)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n", 502)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", 502)]
    public async Task Response_TooLargeOrCutOff_Is502_AndNothingElse(string head, int status)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(head + new string('x', head.Contains("500\r", StringComparison.Ordinal) ? 100 : 3000));
            connection.Close();
        });
        await using var proxy = await BodyRoutes.StartAsync(
            backend.Endpoint, BodyRoutes.Response(new MessageTransformation { Body = new BodyTransformation(BodyParsing.AsString, "{{ body() }}") }), new ProxyLimits { TransformedBodyBytes = 1000 });

        Assert.Equal(status, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    [Fact]
    public async Task Response_WhoseTemplateFails_Is500()
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok("secret"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Response(new MessageTransformation { Body = new BodyTransformation(BodyParsing.AsString, "{{ 1 // 0 }}") }));
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            var response = await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Assert.Equal(500, response.Status);
            Assert.DoesNotContain("secret", response.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StatusWithoutBody_TakesTheBodyAway_ThoughItStreams()
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfake"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Response(new MessageTransformation { Set = [new HeaderTemplate(":status", "{{ request_header('x-s') }}")] }));
        await using var client = await proxy.ConnectAsync();

        foreach (var status in (int[])[204, 304, 203])
            Assert.Equal(status, (await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nX-S: {status}\r\n\r\n")).Status);
    }

    [Fact]
    public async Task Http2_OnBothSides_IsTransformed()
    {
        await using var backend = Http2Backend.Answering((connection, request) => connection.AnswerAsync(request.StreamId, $"{request[":method"]} {request[":path"]} {request.Body}"));
        await using var proxy = await BodyRoutes.StartAsync(
            backend.Endpoint,
            new RequestPolicies
            {
                Transformation = new TransformationPolicy
                {
                    Request = new MessageTransformation { Set = [new HeaderTemplate(":path", "/{{ name }}")], Body = Json },
                    Response = new MessageTransformation { Set = [new HeaderTemplate("X-Len", "{{ body()|length }}")], Body = new BodyTransformation(BodyParsing.AsString, "[{{ body() }}]") },
                },
            },
            protocol: UpstreamProtocol.Http2);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        for (var id = 1; id < 20; id += 2)
        {
            await client.SendPostAsync(id, "/svc");
            await client.SendDataAsync(id, "{\"name\":\"Ada\",", end: false);
            await client.SendDataAsync(id, "\"items\":[]}", end: true);
            var response = await client.ReadResponseAsync(id);
            Assert.Equal(("200", "[POST /Ada {\"hello\":\"Ada\",\"n\":0}]"), (response.Status, response.Body));
        }
    }

    [Fact]
    public async Task WrongTemplate_ClosesTheRule()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Request(new MessageTransformation { Set = [new HeaderTemplate("x-a", "{{ nope(")] }));

        Assert.Equal(500, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task DirectResponse_IsTransformed()
    {
        var policies = BodyRoutes.Response(new MessageTransformation { Set = [new HeaderTemplate("x-t", "{{ header(':status') }}")], Body = new BodyTransformation(BodyParsing.AsString, "<{{ body() }}>") });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes()
            .Add("*", "/", new DirectResponseAction { StatusCode = 418, ContentType = "text/plain", Body = "short" }).With(rule => rule with { Policies = policies }));

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal((418, "<short>", "418", "7"), (response.Status, response.Body, response["x-t"], response["Content-Length"]));
    }
}
