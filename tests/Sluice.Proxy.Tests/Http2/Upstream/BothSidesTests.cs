using Sluice.Configuration;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>HTTP/2 with the client and with the backend, as gRPC has it.</summary>
public sealed class BothSidesTests
{
    private const int Requests = 500;

    [Fact]
    public async Task MessageWithTrailers_PassesInBothDirections()
    {
        await using var backend = Http2Backend.Answering(async (connection, request) =>
        {
            await connection.SendHeadersAsync(request.StreamId, false, (":status", "200"), ("content-type", "application/grpc"));
            await connection.SendDataAsync(request.StreamId, request.Body, endStream: false);
            await connection.SendHeadersAsync(request.StreamId, true, ("grpc-status", "0"));
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/svc/m", "te: trailers", "content-type: application/grpc");
        await client.SendDataAsync(1, "hello", end: true);
        var response = await client.ReadResponseAsync(1);

        Assert.Equal(("200", "hello"), (response.Status, response.Body));
        var request = backend.Requests.Single();
        Assert.Equal(("hello", "trailers", "a.test"), (request.Body, request["te"], request[":authority"]));
    }

    [Fact]
    public async Task Streams_OfOneClientConnection_ShareOneToTheBackend()
    {
        await using var backend = Http2Backend.Answering((connection, request) => connection.AnswerAsync(request.StreamId, request[":path"]!));
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        for (var id = 1; id < 100; id += 2)
            await client.SendGetAsync(id, $"/{id}");
        for (var id = 1; id < 100; id += 2)
            Assert.Equal($"/{id}", (await client.ReadResponseAsync(id)).Body);
        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task ResetOfTheClient_ReachesTheBackend()
    {
        var reset = new TaskCompletionSource<Http2Error>();
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            while (!connection.Resets.ContainsKey(1))
                await connection.ReadEventAsync();
            reset.SetResult(connection.Resets[1]);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendGetAsync(1, "/");
        await Eventually.Is(1, () => backend.Requests.Count, "requests");
        await client.SendAsync(FrameType.RstStream, FrameFlags.None, 1, 0, 0, 0, 8);

        Assert.Equal(Http2Error.Cancel, await reset.Task.Within("the reset"));
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public async Task Stream_AllocatesNothing(string body)
    {
        await using var backend = Http2Backend.Answering();
        var timeouts = new RouteTimeouts { Request = TimeSpan.FromMinutes(1), BackendRequest = TimeSpan.FromMinutes(1) };
        var routes = Http2Routes.All(backend.Endpoint).With(rule => rule with { Timeouts = timeouts, Retry = new RetryPolicy { StatusCodes = [503] } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        async Task SendAsync(int id)
        {
            if (body.Length == 0)
                await client.SendGetAsync(id, "/");
            else
                await client.SendPostAsync(id, "/");
            if (body.Length > 0)
                await client.SendDataAsync(id, body, end: true);
            Assert.Equal("200", (await client.ReadResponseAsync(id)).Status);
        }

        var next = 1;
        await Allocations.AreNoneAsync(proxy.Server, Requests, async () =>
        {
            for (var i = 0; i < Requests; i++, next += 2)
                await SendAsync(next);
        });
    }
}
