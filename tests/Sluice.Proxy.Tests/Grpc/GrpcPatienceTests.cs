using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Grpc;

/// <summary>
/// Calls of gRPC are bounded by what the client says, and streams may be silent for long. That the usual limits would have passed
/// shows by other requests, which they end.
/// </summary>
public sealed class GrpcPatienceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _release = new();

    [Fact]
    public async Task Answer_IsAwaitedForAsLongAsTheClientSays()
    {
        await using var backend = Http2Backend.Answering((connection, request) =>
        {
            if (request["grpc-timeout"] is not null)
                _ = AnswerAsync(connection, request.StreamId);
            return Task.CompletedTask;
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { ResponseTimeout = Soon }, backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Call("application/grpc", "grpc-timeout: 1H\r\n"));
        for (var i = 0; i < 2; i++)
            Assert.Equal("4", (await proxy.ExchangeAsync(Call("application/grpc")))["grpc-status"]);
        _release.SetResult();

        var response = await client.ReadResponseAsync("POST");
        Assert.Equal(("late", "0"), (response.Body, response.Trailers.Single().Value));
    }

    [Fact]
    public async Task Stream_MayBeSilentForLong()
    {
        await using var backend = Http2Backend.Answering(async (connection, request) =>
        {
            await connection.SendHeadersAsync(request.StreamId, false, (":status", "200"), ("content-type", request["content-type"]!));
            await connection.SendDataAsync(request.StreamId, "begin", endStream: false);
            if (request["content-type"] == "application/grpc")
                _ = EndAsync(connection, request.StreamId);
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { UpstreamBodyTimeout = Soon }, backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Call("application/grpc"));
        for (var i = 0; i < 2; i++)
        {
            await using var other = await proxy.ConnectAsync();
            await other.SendAsync(Call("text/plain"));
            Assert.DoesNotContain("0\r\n\r\n", await other.Reader.ReadToEndAsync(), StringComparison.Ordinal);
        }

        _release.SetResult();

        var response = await client.ReadResponseAsync("POST");
        Assert.Equal(("begin and end", "0"), (response.Body, response.Trailers.Single().Value));
    }

    private async Task AnswerAsync(Http2BackendConnection connection, int streamId)
    {
        await _release.Task.Within("the other requests to end");
        await connection.SendHeadersAsync(streamId, false, (":status", "200"), ("content-type", "application/grpc"));
        await connection.SendDataAsync(streamId, "late", endStream: false);
        await connection.SendHeadersAsync(streamId, true, ("grpc-status", "0"));
    }

    private async Task EndAsync(Http2BackendConnection connection, int streamId)
    {
        await _release.Task.Within("the other requests to end");
        await connection.SendDataAsync(streamId, " and end", endStream: false);
        await connection.SendHeadersAsync(streamId, true, ("grpc-status", "0"));
    }

    private static string Call(string contentType, string fields = "") =>
        $"POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: {contentType}\r\n{fields}Content-Length: 5\r\n\r\n\0\0\0\0\0";
}
