using System.Net;
using Sluice.Proxy.Local;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>The end of a proxy, whatever it is busy with.</summary>
[Collection(AloneCollection.Name)]
public sealed class DisposeTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task CallsAfterTheEnd_EndToo()
    {
        await using var backend = ScriptedBackend.Answering();
        var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await proxy.DisposeAsync();

        await proxy.Server.RemoveAsync("test/gateway").Within("the removal");
        await proxy.Server.DrainAsync(TimeSpan.FromSeconds(1)).Within("the drain");
        await proxy.Server.DisposeAsync().AsTask().Within("the second end");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => proxy.Server.ApplyAsync(TestRoutes.All().Build(80)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => proxy.Server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), new WaitingHandler()));
    }

    [Fact]
    public async Task BusyProxy_LeavesNoDescriptorBehind()
    {
        const int Length = 20_000_000;
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var request = await connection.ExpectRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Length}\r\n\r\n");
            if (request.Target == "/large")
                await connection.SendAsync(new byte[Length]);
            else
                await connection.ReadToEndAsync();
        });
        var before = 0;
        var handler = new WaitingHandler();
        for (var round = 0; round < 3; round++)
        {
            // The first round is for what the runtime opens once.
            if (round == 1)
                before = Descriptors.Count();
            await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint), workers: 2);
            var admin = await proxy.Server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), handler);
            await using var idle = await proxy.ConnectAsync();
            await using var local = await RawClient.ConnectAsync(admin);
            await using var large = await proxy.ConnectAsync(receiveBuffer: 8 * 1024);
            await using var waiting = await proxy.ConnectAsync();
            await large.SendAsync(Get.Replace("/ ", "/large ", StringComparison.Ordinal));
            await large.Reader.ReadHeadAsync();
            await waiting.SendAsync(Get);
            await waiting.Reader.ReadHeadAsync();
            await local.SendAsync(Get);
            await handler.Called.WaitAsync(TestContext.Current.CancellationToken).Within("the call");

            await proxy.DisposeAsync();
            await handler.Cancelled.WaitAsync(TestContext.Current.CancellationToken).Within("the cancellation of the call");
        }

        await Descriptors.ExpectNoMoreThan(before);
    }

    private sealed class WaitingHandler : ILocalHandler
    {
        public SemaphoreSlim Called { get; } = new(0);

        public SemaphoreSlim Cancelled { get; } = new(0);

        public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
        {
            Called.Release();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Cancelled.Release();
            }

            return new LocalResponse(200, "text/plain", default);
        }
    }
}
