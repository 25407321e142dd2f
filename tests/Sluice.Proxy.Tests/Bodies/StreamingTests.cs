using System.Net;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>What is not waited for, what is large, and what is told of it.</summary>
public sealed class StreamingTests
{
    private static readonly RequestPolicies Everything = new()
    {
        Buffer = new BufferPolicy(1_000_000),
        Transformation = new TransformationPolicy
        {
            Request = new MessageTransformation { Set = [new HeaderTemplate("x-request", "{{ header(':method') }}")], Body = new BodyTransformation(BodyParsing.AsString, "<{{ body() }}>") },
            Response = new MessageTransformation { Set = [new HeaderTemplate("x-response", "{{ header(':status') }}")], Body = new BodyTransformation(BodyParsing.AsString, "<{{ body() }}>") },
        },
        Compression = new CompressionPolicy { Codings = [ContentCoding.Gzip], ContentTypes = ["text/plain", "application/grpc"] },
        Decompression = new DecompressionPolicy { Codings = [ContentCoding.Gzip] },
    };

    [Fact]
    public async Task WebSocket_PassesWithItsHeadTransformed()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            await connection.SendAsync($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Seen: {head["x-request"]}\r\n\r\n");
            await connection.SendAsync(await connection.Reader.ReadExactlyAsync(4));
            await connection.ReadToEndAsync();
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Everything);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        var head = await client.Reader.ReadHeadAsync();
        await client.SendAsync("ping");

        Assert.Equal((101, "GET"), (head!.Status, head["X-Seen"]));
        Assert.Equal("ping", await client.Reader.ReadExactlyAsync(4));
    }

    [Fact]
    public async Task Grpc_StreamsWithItsHeadTransformed()
    {
        await using var backend = Http2Backend.Answering(async (connection, request) =>
        {
            await connection.SendHeadersAsync(request.StreamId, false, (":status", "200"), ("content-type", "application/grpc"));
            await connection.SendDataAsync(request.StreamId, request.Body + request["x-request"], endStream: false);
            await connection.SendHeadersAsync(request.StreamId, true, ("grpc-status", "0"));
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Everything, protocol: UpstreamProtocol.Http2, change: rule => rule with { IsGrpc = true });
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/a.B/C", "te: trailers", "content-type: application/grpc", "accept-encoding: gzip");
        await client.SendDataAsync(1, "hello ", end: true);
        var response = await client.ReadResponseAsync(1);

        Assert.Equal(("200", "hello POST"), (response.Status, response.Body));
    }

    [Fact]
    public async Task WhatOnlySaysThatItIsGrpc_IsEdited()
    {
        await using var backend = ScriptedBackend.Answering(request => BodyRoutes.Ok(request.Body));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Everything);

        var response = await proxy.ExchangeAsync(BodyRoutes.Post("hello", "Content-Type: application/grpc\r\n"));

        Assert.Equal("<<hello>>", response.Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LargeBodies_PassOverHttp2_WithinTheWindows(bool isHttp2Backend)
    {
        var sent = new string('r', 700_000);
        var policies = new RequestPolicies
        {
            Transformation = new TransformationPolicy
            {
                Request = new MessageTransformation { Body = new BodyTransformation(BodyParsing.AsString, "[{{ body() }}]") },
                Response = new MessageTransformation { Body = new BodyTransformation(BodyParsing.AsString, "{{ body() * 70000 }}") },
            },
        };
        await using var one = ScriptedBackend.Answering(request => BodyRoutes.Ok(request.Body == $"[{sent}]" ? "same body " : "other"));
        await using var two = Http2Backend.Answering((connection, request) => connection.AnswerAsync(request.StreamId, request.Body == $"[{sent}]" ? "same body " : "other"));
        await using var proxy = await BodyRoutes.StartAsync(isHttp2Backend ? two.Endpoint : one.Endpoint, policies, protocol: isHttp2Backend ? UpstreamProtocol.Http2 : UpstreamProtocol.Http1);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        for (var i = 0; i < 3; i++)
        {
            using var response = await client.PostAsync($"http://127.0.0.1:{proxy.Port}/", new StringContent(sent), TestContext.Current.CancellationToken).Within("a response");
            Assert.Equal(700_000, (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Within("its body")).Length);
        }
    }

    [Fact]
    public async Task SlowReader_OfACompressedResponse_GetsAllOfIt()
    {
        var random = new Random(5);
        var body = string.Concat(Enumerable.Range(0, 300_000).Select(_ => random.Next().ToString("x8", System.Globalization.CultureInfo.InvariantCulture)));
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok(body, "Content-Type: text/plain\r\n"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Everything with { Transformation = null });
        await using var client = await proxy.ConnectAsync(receiveBuffer: 4096);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
        var response = await client.ReadResponseAsync();

        Assert.Equal(body, Coding.Decode("gzip", response.Body));
    }

    [Fact]
    public async Task HeadOnlyTransformation_LeavesTheBodyToStream()
    {
        var more = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nfirst");
            await more.Task.Within("the first bytes to be read");
            await connection.SendAsync(new string('x', 999_995));
            await connection.ReadToEndAsync();
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, BodyRoutes.Response(new MessageTransformation { Set = [new HeaderTemplate("x-a", "{{ header('content-length') }}b")] }));
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var head = await client.Reader.ReadHeadAsync();
        Assert.Equal("first", await client.Reader.ReadExactlyAsync(5));
        more.SetResult();

        Assert.Equal(999_995, (await client.Reader.ReadExactlyAsync(999_995)).Length);
        Assert.Equal(("b", "1000000"), (head!["x-a"], head["Content-Length"]));
    }

    [Fact]
    public async Task Metadata_AndFailures_AreInTheAccessLog()
    {
        await using var backend = ScriptedBackend.Answering();
        var policies = BodyRoutes.Request(new MessageTransformation
        {
            Set = [new HeaderTemplate("x-a", "{{ 1 // (header('x-n')|int) }}")],
            DynamicMetadata = [new MetadataTemplate("app", "who", "{{ header('x-who')|upper }}")],
        });
        await using var logged = await LoggedProxy.StartAsync(
            "%RESPONSE_CODE% %RESPONSE_CODE_DETAILS% %DYNAMIC_METADATA(app:who)% %DYNAMIC_METADATA(transformation:error)%", TestRoutes.All(backend.Endpoint).With(rule => rule with { Policies = policies }));

        await logged.Proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-N: 1\r\nX-Who: ada\r\n\r\n");
        await logged.Proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-N: 0\r\nX-Who: ada\r\n\r\n");

        Assert.Equal(["200 via_upstream ADA -", "500 transformation_failed - line 1: division by zero"], await logged.LinesAsync(2));
    }
}
