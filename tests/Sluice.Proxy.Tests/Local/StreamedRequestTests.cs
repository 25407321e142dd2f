using System.Net;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Local;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Local;

/// <summary>Bodies that a handler inside the process reads as they come.</summary>
public sealed class StreamedRequestTests
{
    private const int Window = 64 * 1024;

    /// <summary>Sends back what comes, as it comes.</summary>
    private static readonly DelegateHandler Echo = DelegateHandler.Writing(async (request, stream, token) =>
    {
        var buffer = new byte[1000];
        while (await request.BodyStream!.ReadAsync(buffer, token) is var count and > 0)
            await stream.WriteAsync(buffer.AsMemory(0, count), token);
        await stream.WriteAsync(DelegateHandler.Bytes("."), token);
    });

    [Fact]
    public async Task Http2_CarriesBothDirections_AtOnce()
    {
        await using var server = await LocalServer.StartAsync(Echo);
        await using var client = await FrameClient.ConnectAsync(server.EndPoint);

        await client.SendPostAsync(1, "/stream");
        Assert.Contains(":status: 200", (await client.ReadAsync(FrameType.Headers)).Fields);
        foreach (var word in (string[])["one", "two", "three"])
            Assert.Equal(word, await EchoAsync(client, word));
        await client.SendDataAsync(1, "end", end: true);

        Assert.Equal("end.", await ReadRestAsync(client));
    }

    [Fact]
    public async Task Http1_StreamsTheRequest_AndAnswersBeforeItEnds()
    {
        await using var server = await LocalServer.StartAsync(Echo);
        await using var client = await RawClient.ConnectAsync(server.EndPoint);

        await client.SendAsync("POST /stream HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
        await client.Reader.ReadHeadAsync();
        Assert.Equal("3\r\none\r\n", await client.Reader.ReadExactlyAsync(8));
        await client.SendAsync("3\r\ntwo\r\n0\r\n\r\n");
        Assert.Equal("3\r\ntwo\r\n1\r\n.\r\n0\r\n\r\n", await client.Reader.ReadExactlyAsync(19));

        Assert.Equal(".", (await client.ExchangeAsync("POST /stream HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n")).Body);
    }

    [Fact]
    public async Task LargeBody_PassesWhole_WithoutTheLimit()
    {
        await using var server = await LocalServer.StartAsync(new DelegateHandler(async (request, token) =>
        {
            var sum = 0L;
            var buffer = new byte[5000];
            while (await request.BodyStream!.ReadAsync(buffer, token) is var count and > 0)
                sum += count;
            return new LocalResponse(200, "text/plain", DelegateHandler.Bytes($"{sum} of {request.Client!.Address}"));
        })
        { MaxBodyBytes = 10 });
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);

        foreach (var version in (Version[])[HttpVersion.Version11, HttpVersion.Version20])
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, $"http://{server.EndPoint}/stream")
            {
                Content = new ByteArrayContent(new byte[5_000_000]),
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var response = await client.SendAsync(message, TestContext.Current.CancellationToken);
            Assert.Equal("5000000 of 127.0.0.1", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task HandlerThatDoesNotRead_MakesTheClientWait()
    {
        var go = new SemaphoreSlim(0);
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (request, stream, token) =>
        {
            await go.WaitAsync(token);
            using var all = new MemoryStream();
            await request.BodyStream!.CopyToAsync(all, token);
            await stream.WriteAsync(DelegateHandler.Bytes($"{all.Length}"), token);
        }));
        await using var client = await FrameClient.ConnectAsync(server.EndPoint);
        await client.SendPostAsync(1, "/stream");

        // What the windows allow, as far as they come back.
        var (sent, allowed) = (0, Window);
        while (sent < 10 * Window && allowed > 0)
        {
            await client.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[Math.Min(allowed, 16 * 1024)]);
            sent += Math.Min(allowed, 16 * 1024);
            allowed -= Math.Min(allowed, 16 * 1024);
            await client.SettleAsync();
            allowed += await TakeUpdatesAsync(client);
        }

        Assert.InRange(sent, Window, 3 * Window);
        go.Release();
        Assert.Equal(1, (await client.ReadAsync(FrameType.WindowUpdate)).StreamId);
        await client.SendDataAsync(1, "", end: true);
        Assert.Equal(sent.ToString(System.Globalization.CultureInfo.InvariantCulture), (await client.ReadResponseAsync(1)).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatGoes_FailsTheRead(bool isHttp2)
    {
        var failed = new TaskCompletionSource<Exception?>();
        await using var server = await LocalServer.StartAsync(new DelegateHandler(async (request, _) =>
        {
            failed.SetResult(await Record.ExceptionAsync(() => request.BodyStream!.CopyToAsync(Stream.Null, CancellationToken.None)));
            return new LocalResponse(200, "text/plain", default);
        }));
        if (isHttp2)
        {
            await using var client = await FrameClient.ConnectAsync(server.EndPoint);
            await client.SendPostAsync(1, "/stream");
            await client.SendDataAsync(1, "half", end: false);
        }
        else
        {
            await using var client = await RawClient.ConnectAsync(server.EndPoint);
            await client.SendAsync("POST /stream HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhalf");
        }

        Assert.IsType<IOException>(await failed.Task.Within("the read to fail"));
    }

    [Fact]
    public async Task AnswerBeforeTheEnd_EndsTheRequest()
    {
        var failed = new TaskCompletionSource<Exception?>();
        await using var server = await LocalServer.StartAsync(new DelegateHandler(async (request, token) =>
        {
            await request.BodyStream!.ReadExactlyAsync(new byte[4], token);
            _ = Task.Run(async () => failed.SetResult(await Record.ExceptionAsync(() => request.BodyStream.CopyToAsync(Stream.Null, CancellationToken.None))), CancellationToken.None);
            return new LocalResponse(403, "text/plain", default);
        }));
        await using var client = await FrameClient.ConnectAsync(server.EndPoint);
        await client.SendPostAsync(1, "/stream");
        await client.SendDataAsync(1, "half", end: false);

        Assert.Contains(":status: 403", (await client.ReadAsync(FrameType.Headers)).Fields);
        Assert.Equal(Http2Error.NoError, (await client.ReadAsync(FrameType.RstStream)).Error);
        Assert.IsType<IOException>(await failed.Task.Within("the read to fail"));
    }

    [Fact]
    public async Task BodyOverTheHandlersLimit_Is413()
    {
        await using var server = await LocalServer.StartAsync(new DelegateHandler((_, _) =>
            ValueTask.FromResult(new LocalResponse(200, "text/plain", default)))
        { MaxBodyBytes = 4 });
        await using var client = await RawClient.ConnectAsync(server.EndPoint);

        Assert.Equal(200, (await client.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\n\r\nfour")).Status);
        Assert.Equal(413, (await client.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nfifth")).Status);
    }

    private static async Task<string> EchoAsync(FrameClient client, string text)
    {
        await client.SendDataAsync(1, text, end: false);
        return System.Text.Encoding.ASCII.GetString((await client.ReadAsync(FrameType.Data)).Payload);
    }

    private static async Task<string> ReadRestAsync(FrameClient client)
    {
        var text = "";
        while (true)
        {
            var frame = await client.ReadAsync(FrameType.Data);
            text += System.Text.Encoding.ASCII.GetString(frame.Payload);
            if (frame.EndsStream)
                return text;
        }
    }

    private static async Task<int> TakeUpdatesAsync(FrameClient client)
    {
        var sum = 0;
        while (client.Has(frame => frame.Type == FrameType.WindowUpdate))
        {
            var frame = (await client.ReadAsync())!;
            if (frame.Type == FrameType.WindowUpdate && frame.StreamId == 1)
                sum += frame.Number;
        }

        return sum;
    }
}
