using System.Security.Cryptography;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>Bodies and trailers in both directions, however they are framed (RFC 9112 6 and 7).</summary>
public sealed class MessageBodyTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private static string Post(string framing, string body) => $"POST / HTTP/1.1\r\nHost: a.test\r\n{framing}\r\n\r\n{body}";

    [Fact]
    public async Task ChunkedRequest_WithTrailers_ReachesTheBackendAsSuch()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync(Post("Transfer-Encoding: chunked\r\nTrailer: X-Sum", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n"));

        var request = await backend.NextRequestAsync();
        Assert.Equal("chunked", request["Transfer-Encoding"]);
        Assert.Equal("abcde", request.Body);
        Assert.Equal([new WireField("X-Sum", "5")], request.Trailers);
    }

    [Fact]
    public async Task ChunkedRequest_PieceByPiece_ReachesTheBackendAsItComes()
    {
        var first = new TaskCompletionSource<string>();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            first.SetResult(await connection.Reader.ReadExactlyAsync("1\r\na\r\n".Length));
            var rest = await connection.Reader.ReadBodyAsync(head, untilClose: false);
            Assert.Equal("b", rest.Body);
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Post("Transfer-Encoding: chunked", "1\r\na\r\n"));
        Assert.Equal("1\r\na\r\n", await first.Task.Within("the first chunk at the backend"));
        await client.SendAsync("1\r\nb\r\n0\r\n\r\n");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task ChunkedResponse_WithTrailers_ReachesTheClientAsSuch()
    {
        await using var backend = ScriptedBackend.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync(Get);
            Assert.Equal("chunked", response["Transfer-Encoding"]);
            Assert.Equal("abcde", response.Body);
            Assert.Equal([new WireField("X-Sum", "5")], response.Trailers);
        }
        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task ChunkedResponse_PieceByPiece_ReachesTheClientAsItComes()
    {
        var seen = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            await seen.Task;
            await connection.SendAsync("0\r\n\r\n");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        var head = (await client.Reader.ReadHeadAsync())!;
        Assert.Equal("1\r\na\r\n", await client.Reader.ReadExactlyAsync(6));
        seen.SetResult();

        Assert.Equal("", (await client.Reader.ReadBodyAsync(head, untilClose: false)).Body);
    }

    [Fact]
    public async Task ChunkedResponse_ToAnHttp10Client_EndsWithTheConnection()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 5\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync("GET / HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n");

        Assert.Null(response["Transfer-Encoding"]);
        Assert.Equal("close", response["Connection"]);
        Assert.Equal("abc", response.Body);
        Assert.Equal(StreamEnd.Closed, client.Reader.End);
    }

    [Fact]
    public async Task UnframedResponse_OfAnOldBackend_IsChunkedForTheClient()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.0 200 OK\r\n\r\nabc");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync(Get);
            Assert.Equal("HTTP/1.1 200 OK", response.StartLine);
            Assert.Equal("chunked", response["Transfer-Encoding"]);
            Assert.Equal("abc", response.Body);
        }
    }

    [Theory]
    [InlineData("Content-Length: 1234", "1234")]
    [InlineData("Transfer-Encoding: chunked", null)]
    [InlineData("X-A: 1", null)]
    public async Task Head_GetsTheFieldsWithoutABody(string framing, string? length)
    {
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\n{framing}\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Assert.Equal(200, response.Status);
            Assert.Equal(length, response["Content-Length"]);
        }
        Assert.Equal(1, backend.Connections);
    }

    [Theory]
    [InlineData("204 No Content", "X-A: 1")]
    [InlineData("304 Not Modified", "X-A: 1")]
    [InlineData("304 Not Modified", "Content-Length: 1234")]
    [InlineData("304 Not Modified", "Transfer-Encoding: chunked")]
    [InlineData("205 Reset Content", "Content-Length: 0")]
    public async Task BodilessStatus_IsPassedOnAndTheConnectionsLive(string status, string field)
    {
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 {status}\r\n{field}\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync(Get);
            Assert.Equal($"HTTP/1.1 {status}", response.StartLine);
            Assert.Equal("", response.Body);
        }
        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task NoContent_NeverCarriesFraming()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        var response = await proxy.ExchangeAsync(Get);

        Assert.Null(response["Content-Length"]);
        Assert.Null(response["Transfer-Encoding"]);
    }

    [Fact]
    public async Task StatusLine_WithOddReasons_IsWrittenClean()
    {
        await using var backend = ScriptedBackend.Answering(request => $"HTTP/1.1 {request.Target[1..].Replace('_', ' ')}\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        Assert.Equal("HTTP/1.1 299 Odd But Fine", (await proxy.ExchangeAsync("GET /299_Odd_But_Fine HTTP/1.1\r\nHost: a.test\r\n\r\n")).StartLine);
        Assert.Equal("HTTP/1.1 404 ", (await proxy.ExchangeAsync("GET /404_ HTTP/1.1\r\nHost: a.test\r\n\r\n")).StartLine);
        Assert.Equal("HTTP/1.1 404 ", (await proxy.ExchangeAsync("GET /404 HTTP/1.1\r\nHost: a.test\r\n\r\n")).StartLine);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LargeUpload_ArrivesOctetForOctet(bool chunked)
    {
        var body = RandomText(8_000_000);
        await using var backend = ScriptedBackend.Answering(request => $"HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n{Hash(request.Body)}");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(chunked
            ? Post("Transfer-Encoding: chunked", string.Concat(body.Chunk(100_003).Select(part => $"{part.Length:x}\r\n{new string(part)}\r\n")) + "0\r\n\r\n")
            : Post($"Content-Length: {body.Length}", body));

        Assert.Equal(Hash(body), (await client.ReadResponseAsync()).Body);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("chunked")]
    [InlineData("close")]
    public async Task LargeDownload_ArrivesOctetForOctet(string framing)
    {
        var body = RandomText(8_000_000);
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n" + framing switch
            {
                "length" => $"Content-Length: {body.Length}\r\n\r\n{body}",
                "chunked" => "Transfer-Encoding: chunked\r\n\r\n" + string.Concat(body.Chunk(70_001).Select(part => $"{part.Length:x}\r\n{new string(part)}\r\n")) + "0\r\n\r\n",
                _ => $"\r\n{body}",
            });
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync(Get);

        Assert.Equal(Hash(body), Hash(response.Body));
    }

    [Fact]
    public async Task UploadAndDownload_AtTheSameTime_DoNotBlockEachOther()
    {
        var body = RandomText(4_000_000);
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {head["Content-Length"]}\r\n\r\n");
            for (var left = body.Length; left > 0;)
            {
                var part = await connection.Reader.ReadExactlyAsync(Math.Min(left, 10_000));
                left -= part.Length;
                await connection.SendAsync(part);
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var sending = client.SendAsync(Post($"Content-Length: {body.Length}", body));
        var response = await client.ReadResponseAsync();
        await sending;

        Assert.Equal(Hash(body), Hash(response.Body));
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Wire.Bytes(text)));

    private static string RandomText(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return Wire.Text(bytes);
    }
}
