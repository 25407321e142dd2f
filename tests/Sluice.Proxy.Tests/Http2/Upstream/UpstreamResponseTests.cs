using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>What becomes of responses over HTTP/2 (RFC 9113 8.3.2), good and bad ones.</summary>
public sealed class UpstreamResponseTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task Response_OfKnownLength()
    {
        await using var backend = Answering(connection => connection.AnswerAsync(1, "hello", ("content-length", "5"), ("x-a", "1"), ("x-a", "2"), ("x-empty", "")));
        await using var proxy = await Http2Routes.StartAsync(backend);

        var response = await proxy.ExchangeAsync(Get);

        Assert.Equal("HTTP/1.1 200 OK", response.StartLine);
        Assert.Equal(("hello", "5", "1, 2", ""), (response.Body, response["Content-Length"], response["x-a"], response["x-empty"]));
    }

    [Fact]
    public async Task Response_OfUnknownLengthWithTrailers_IsChunked()
    {
        await using var backend = Answering(async connection =>
        {
            await connection.SendHeadersAsync(1, false, (":status", "200"));
            await connection.SendDataAsync(1, "hel", endStream: false);
            await connection.SendDataAsync(1, "lo", endStream: false);
            await connection.SendHeadersAsync(1, true, ("grpc-status", "0"));
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        var response = await proxy.ExchangeAsync(Get);

        Assert.True(response.IsChunked);
        Assert.Equal("hello", response.Body);
        Assert.Equal([new WireField("grpc-status", "0")], response.Trailers);
    }

    [Fact]
    public async Task InterimResponses_AndPaddingAndPriorities_AreUnderstood()
    {
        await using var backend = Answering(async connection =>
        {
            await connection.SendHeadersAsync(1, false, (":status", "103"), ("link", "</a>"));
            var block = Http2BackendConnection.Encode((":status", "200"));
            await connection.SendFrameAsync(FrameType.Headers, FrameFlags.Padded | FrameFlags.Priority | FrameFlags.EndHeaders, 1, [2, 0, 0, 0, 0, 16, .. block, 0, 0]);
            await connection.SendFrameAsync(FrameType.Data, FrameFlags.Padded, 1, [3, (byte)'o', 0, 0, 0]);
            await connection.SendFrameAsync(FrameType.Priority, FrameFlags.None, 1, [0, 0, 0, 0, 1]);
            await connection.SendFrameAsync((FrameType)200, (FrameFlags)255, 1, [1, 2, 3]);
            await connection.SendFrameAsync(FrameType.Data, FrameFlags.Padded | FrameFlags.EndStream, 1, [0, (byte)'k']);
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        var early = await client.Reader.ReadHeadAsync();
        var response = await client.ReadResponseAsync();

        Assert.Equal(("HTTP/1.1 103 Early Hints", "</a>"), (early!.StartLine, early["link"]));
        Assert.Equal("ok", response.Body);
    }

    [Theory]
    [InlineData("GET", "204")]
    [InlineData("GET", "304")]
    [InlineData("HEAD", "200")]
    public async Task ResponsesWithoutBody(string method, string status)
    {
        await using var backend = Answering(connection => connection.SendHeadersAsync(1, true, (":status", status), ("content-length", "10")));
        await using var proxy = await Http2Routes.StartAsync(backend);

        var response = await proxy.ExchangeAsync($"{method} / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal(status, response.StartLine.Split(' ')[1]);
        Assert.Equal("", response.Body);
    }

    public static TheoryData<string, string[]> MalformedHeads => new()
    {
        { "no status", ["x: 1"] },
        { "two statuses", [":status: 200", ":status: 200"] },
        { "status late", ["x: 1", ":status: 200"] },
        { "status of four digits", [":status: 2000"] },
        { "status of letters", [":status: abc"] },
        { "status too low", [":status: 099"] },
        { "status too high", [":status: 600"] },
        { "switching protocols", [":status: 101"] },
        { "pseudo-field of requests", [":status: 200", ":path: /"] },
        { "unknown pseudo-field", [":status: 200", ":x: 1"] },
        { "upper case", [":status: 200", "X-A: 1"] },
        { "space in a name", [":status: 200", "x a: 1"] },
        { "empty name", [":status: 200", ": 1"] },
        { "line feed in a value", [":status: 200", "x: a\nb"] },
        { "carriage return in a value", [":status: 200", "x: a\rb"] },
        { "nul in a value", [":status: 200", "x: a\0b"] },
        { "space before a value", [":status: 200", "x:  a"] },
        { "space behind a value", [":status: 200", "x: a "] },
        { "connection", [":status: 200", "connection: close"] },
        { "keep-alive", [":status: 200", "keep-alive: 5"] },
        { "proxy-connection", [":status: 200", "proxy-connection: close"] },
        { "transfer-encoding", [":status: 200", "transfer-encoding: chunked"] },
        { "upgrade", [":status: 200", "upgrade: websocket"] },
        { "two lengths", [":status: 200", "content-length: 2", "content-length: 2"] },
        { "bad length", [":status: 200", "content-length: +2"] },
    };

    [Theory]
    [MemberData(nameof(MalformedHeads))]
    public async Task MalformedHead_Is502_AndOnlyItsStreamEnds(string name, string[] lines)
    {
        Assert.NotEmpty(name);
        var fields = lines.Select(line => (line[..line.IndexOf(": ", 1, StringComparison.Ordinal)], line[(line.IndexOf(": ", 1, StringComparison.Ordinal) + 2)..]));
        if (lines[^1] == ": 1")
            fields = [(":status", "200"), ("", "1")];
        var reset = new TaskCompletionSource<Http2Error>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendHeadersAsync(1, false, [.. fields]);
            await connection.ReadEventAsync();
            reset.SetResult(connection.Resets[1]);
            var next = await connection.ReadRequestAsync();
            await connection.AnswerAsync(next!.StreamId, "ok");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(502, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(Http2Error.ProtocolError, await reset.Task.Within("the reset"));
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);
        Assert.Equal(1, backend.Connections);
    }

    [Theory]
    [InlineData("data before the head")]
    [InlineData("end without a head")]
    [InlineData("interim that ends")]
    [InlineData("length without a body")]
    [InlineData("head too large")]
    [InlineData("too many fields")]
    [InlineData("too many interim responses")]
    public async Task MessageThatCannotBe_Is502(string what)
    {
        await using var backend = Http2Backend.Answering(async (connection, request) =>
        {
            var id = request.StreamId;
            switch (what)
            {
                case "data before the head":
                    await connection.SendDataAsync(id, "x", endStream: false);
                    break;
                case "end without a head":
                    await connection.SendDataAsync(id, "", endStream: true);
                    break;
                case "interim that ends":
                    await connection.SendHeadersAsync(id, true, (":status", "100"));
                    break;
                case "length without a body":
                    await connection.SendHeadersAsync(id, true, (":status", "200"), ("content-length", "1"));
                    break;
                case "head too large":
                    await connection.SendHeadersAsync(id, true, (":status", "200"), ("a", new string('x', 8_000)), ("b", new string('x', 8_000)));
                    break;
                case "too many fields":
                    await connection.SendHeadersAsync(id, true, [(":status", "200"), .. Enumerable.Range(0, 200).Select(i => ($"x{i}", ""))]);
                    break;
                default:
                    for (var i = 0; i < 17; i++)
                        await connection.SendHeadersAsync(id, false, (":status", "102"));
                    break;
            }
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { HeadBytes = 10_000, RequestLineBytes = 1_000 }, backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        var response = await client.Reader.ReadHeadAsync();
        while (response is { Status: 102 })
            response = await client.Reader.ReadHeadAsync();

        Assert.Equal(502, response!.Status);
    }

    [Theory]
    [InlineData("5", "toolong")]
    [InlineData("5", "abc")]
    [InlineData(null, "reset")]
    [InlineData(null, "trailers without end")]
    [InlineData(null, "bad trailers")]
    public async Task BodyThatBreaksTheRules_IsCut(string? length, string body)
    {
        await using var backend = Http2Backend.Answering(async (connection, request) =>
        {
            var id = request.StreamId;
            await connection.SendHeadersAsync(id, false, length is null ? [(":status", "200")] : [(":status", "200"), ("content-length", length)]);
            switch (body)
            {
                case "reset":
                    await connection.SendDataAsync(id, "abc", endStream: false);
                    await connection.SendResetAsync(id, Http2Error.InternalError);
                    break;
                case "trailers without end":
                    await connection.SendHeadersAsync(id, false, ("x", "1"));
                    break;
                case "bad trailers":
                    await connection.SendHeadersAsync(id, true, (":status", "200"));
                    break;
                default:
                    await connection.SendDataAsync(id, body, endStream: true);
                    break;
            }
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        Assert.Equal(200, (await client.Reader.ReadHeadAsync())!.Status);
        var rest = await client.Reader.ReadToEndAsync();

        Assert.DoesNotContain("\r\n0\r\n", rest, StringComparison.Ordinal);
        Assert.True(length is null || rest.Length < 5, rest);
        Assert.Equal(1, proxy.Server.Failures("truncated"));
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Fact]
    public async Task SlowClient_StopsTheBackendAtItsWindow()
    {
        var taken = new TaskCompletionSource();
        var window = 0;
        var sent = 0;
        await using var backend = Http2Backend.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            await connection.SendHeadersAsync(request!.StreamId, false, (":status", "200"));
            window = (int)connection.PeerSettings[SettingId.InitialWindowSize];
            var chunk = new string('x', 10_000);
            var left = window;
            var seen = 0;
            while (sent < 20_000_000)
            {
                while (left >= chunk.Length)
                {
                    await connection.SendDataAsync(1, chunk, endStream: false);
                    left -= chunk.Length;
                    sent += chunk.Length;
                }

                while (connection.WindowUpdates.GetValueOrDefault(1) == seen)
                {
                    var read = connection.ReadFrameAsync();

                    // That nothing more is asked for is no event. Waiting too short only lets the client read earlier: what is
                    // asserted does not depend on it.
                    if (await Task.WhenAny(read, Task.Delay(1000)) != read)
                        taken.TrySetResult();

                    var frame = (await read)!;
                    if (frame.Type == FrameType.WindowUpdate && frame.StreamId == 1)
                        connection.WindowUpdates[1] = seen + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
                }

                left += connection.WindowUpdates[1] - seen;
                seen = connection.WindowUpdates[1];
            }

            await connection.SendDataAsync(1, "", endStream: true);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync(receiveBuffer: 4096);

        await client.SendAsync(Get);
        await taken.Task.Within("the backend to be stopped");
        Assert.Equal(65_536, window);
        var response = await client.ReadResponseAsync();

        Assert.Equal(sent, response.Body.Length);
    }

    private static Http2Backend Answering(Func<Http2BackendConnection, Task> answer) => Http2Backend.Start(async connection =>
    {
        await connection.ReadRequestAsync();
        await answer(connection);
        await connection.ReadToEndAsync();
    });
}
