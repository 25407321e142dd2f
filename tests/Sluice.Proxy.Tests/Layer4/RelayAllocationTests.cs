using System.Net.Sockets;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>
/// Relaying allocates nothing: neither bytes, nor connections, nor datagrams, nor sessions. Alone, since what other tests open makes
/// the numbers of descriptors grow, and with them the worker's table.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class RelayAllocationTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task Bytes_AllocateNothing()
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();

        await ExpectNoAllocationAsync(proxy.Server, async () =>
        {
            await client.SendTextAsync("hello");
            await client.ReadTextAsync(5);
        });
    }

    [Fact]
    public async Task Connections_AllocateNothing()
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);

        await ExpectNoAllocationAsync(proxy.Server, async () =>
        {
            using var client = await proxy.ConnectAsync();
            await client.SendTextAsync("hello");
            client.Shutdown(SocketShutdown.Send);
            await client.ReadToEndAsync();
        });
    }

    [Fact]
    public async Task Datagrams_AllocateNothing()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(backend.Endpoint);
        using var client = proxy.Connect();

        await ExpectNoAllocationAsync(proxy.Server, async () =>
        {
            client.Send([1]);
            await client.ReceiveDatagramAsync();
        });
    }

    [Fact]
    public async Task Sessions_AllocateNothing()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits { UdpSessions = 8 }, 1, StreamProxy.Backends(backend.Endpoint));

        await ExpectNoAllocationAsync(proxy.Server, async () =>
        {
            using var client = proxy.Connect();
            client.Send([1]);
            await client.ReceiveDatagramAsync();
        });
    }

    private static Task ExpectNoAllocationAsync(ProxyServer server, Func<Task> round) => Allocations.AreNoneAsync(server, Rounds, async () =>
    {
        for (var i = 0; i < Rounds; i++)
            await round();
    });
}
