using Sluice.Configuration.Policies;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>Compressed responses, read with the platform's decoders (TrafficPolicy.spec.compression.responseCompression).</summary>
public sealed class CompressionTests
{
    private static readonly RequestPolicies Policies = new()
    {
        Compression = new CompressionPolicy { Codings = [ContentCoding.Gzip, ContentCoding.Brotli, ContentCoding.Zstd], ContentTypes = ["text/plain", "text/event-stream"] },
    };

    private static readonly string Text = string.Join('\n', Enumerable.Range(0, 20_000).Select(number => $"line {number}"));

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("br, gzip", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0.9", "br")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("*", "gzip")]
    [InlineData("*;q=0.1, gzip;q=0", "br")]
    [InlineData("gzip;q=0", null)]
    [InlineData("gzip;q=0.5, identity", null)]
    [InlineData("zstd", "zstd")]
    [InlineData("deflate", null)]
    [InlineData("gzip;q=nonsense", null)]
    [InlineData("", null)]
    public async Task Coding_IsTheOneThatTheClientTakesBest(string accepted, string? expected)
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok(Text, "Content-Type: text/plain; charset=utf-8\r\nETag: \"abc\"\r\nAccept-Ranges: bytes\r\n"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            var response = await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: {accepted}\r\n\r\n");
            Assert.Equal(expected, response["Content-Encoding"]);
            Assert.Equal("Accept-Encoding", response["Vary"]);
            Assert.Equal(Text, expected is null ? response.Body : Coding.Decode(expected, response.Body));
            Assert.Equal(expected is null ? "\"abc\"" : "W/\"abc\"", response["ETag"]);
            Assert.Equal(expected is null ? "bytes" : null, response["Accept-Ranges"]);
            Assert.True(expected is null || response.Body.Length < Text.Length / 2);
        }
    }

    [Theory]
    [InlineData("Content-Type: image/png\r\n", 1000)]
    [InlineData("Content-Type: text/plain\r\nContent-Encoding: br\r\n", 1000)]
    [InlineData("Content-Type: text/plain\r\nCache-Control: public, no-transform\r\n", 1000)]
    [InlineData("Content-Type: text/plain\r\n", 29)]
    [InlineData("", 1000)]
    public async Task Response_ThatIsNotToBeCompressed_PassesAsItIs(string fields, int length)
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok(new string('x', length), fields));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");

        Assert.Equal(new string('x', length), response.Body);
        Assert.Null(response["Vary"]);
        Assert.Equal(length.ToString(System.Globalization.CultureInfo.InvariantCulture), response["Content-Length"]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Events_ReachTheClient_BeforeTheNextIsThere(string coding)
    {
        var more = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            await more.Task.Within("the first event to be read");
            await connection.SendAsync("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await proxy.ConnectAsync();
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: {coding}\r\n\r\n");
        var head = await client.Reader.ReadHeadAsync();

        // One chunk is what one flush gave: the decoder makes the first event of it, though the stream has not ended.
        Assert.Equal(coding, head!["Content-Encoding"]);
        var body = "";
        while (!Started(coding, body).Contains("data: 1\n\n", StringComparison.Ordinal))
            body += await ReadChunkAsync(client);
        more.SetResult();
        for (var chunk = await ReadChunkAsync(client); chunk.Length > 0; chunk = await ReadChunkAsync(client))
            body += chunk;
        Assert.Equal("data: 1\n\ndata: 2\n\n", Coding.Decode(coding, body));
    }

    [Fact]
    public async Task Http2Client_GetsAllOfIt()
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok(Text, "Content-Type: text/plain\r\n"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 10_000_000));
        await client.SendWindowUpdateAsync(0, 10_000_000);

        await client.SendGetAsync(1, "/", "accept-encoding: gzip");
        var response = await client.ReadResponseAsync(1);

        Assert.Equal(Text, Coding.Decode("gzip", response.Body));
    }

    [Fact]
    public async Task TransformedResponse_IsCompressedAfterwards()
    {
        await using var backend = ScriptedBackend.Answering(BodyRoutes.Ok("{\"a\":1}", "Content-Type: application/json\r\n"));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies with
        {
            Transformation = new TransformationPolicy
            {
                Response = new MessageTransformation
                {
                    Set = [new HeaderTemplate("content-type", "text/plain")],
                    Body = new BodyTransformation(BodyParsing.AsJson, "{% for i in range(1000) %}a={{ a }} {% endfor %}"),
                },
            },
        });

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: br\r\n\r\n");

        Assert.Equal(string.Concat(Enumerable.Repeat("a=1 ", 1000)), Coding.Decode("br", response.Body));
    }

    [Fact]
    public async Task ClientThatLeaves_AndTooManyEncoders_CostNothing()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" + (request.Target == "/short" ? "0\r\n\r\n" : ""));
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies, new ProxyLimits { BodyCoderBytes = 400_000 });
        await using (var first = await FrameClient.ConnectAsync(proxy.EndPoint))
        {
            await first.SendGetAsync(1, "/", "accept-encoding: gzip");
            await first.ReadAsync(FrameType.Data);
            await using var second = await proxy.ConnectAsync();
            await second.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
            Assert.Null((await second.Reader.ReadHeadAsync())!["Content-Encoding"]);
        }

        // The encoder of the client that has gone is free again.
        while ((await proxy.ExchangeAsync("GET /short HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n"))["Content-Encoding"] is null)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static string Started(string coding, string body)
    {
        try
        {
            using var source = new MemoryStream(Wire.Bytes(body));
            using var decoder = Coding.Decoder(coding, source);
            var text = new byte[100];
            var count = decoder.ReadAtLeast(text, 9, throwOnEndOfStream: false);
            return Wire.Text(text.AsSpan(0, count));
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            return "";
        }
    }

    private static async Task<string> ReadChunkAsync(RawClient client)
    {
        var line = await client.Reader.ReadLineAsync();
        var length = Convert.ToInt32(line, 16);
        var chunk = await client.Reader.ReadExactlyAsync(length);
        await client.Reader.ReadLineAsync();
        return chunk;
    }
}
