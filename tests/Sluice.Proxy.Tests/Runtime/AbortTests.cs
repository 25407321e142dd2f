using System.Globalization;
using System.Net.Sockets;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>Clients and backends that break off anywhere: afterwards nothing is left, and the rest was served.</summary>
[Collection(AloneCollection.Name)]
public sealed class AbortTests
{
    private const int Clients = 120;
    private const int RequestsPerClient = 12;

    private static readonly string Filler = new('x', 700_000);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task RandomAborts_LeaveNothingBehind(int seed, int workers)
    {
        var descriptors = 0;
        for (var round = 0; round < 2; round++)
        {
            // The first round is for what the runtime opens once.
            if (round == 1)
                descriptors = Descriptors.Count();
            await using var backend = ScriptedBackend.Start(connection => AnswerAsync(connection, seed));
            await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HalfCloseTimeout = TimeSpan.FromMilliseconds(200) }, TestRoutes.All(backend.Endpoint, backend.Endpoint), workers);

            await Task.WhenAll(Enumerable.Range(0, Clients).Select(index => RunAsync(proxy, new Random((seed * 1000) + index)))).WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);

            await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
            await Eventually.Holds(() => proxy.Server.UpstreamCountsAsync().Result.Active == 0, "no request is in flight");
            Assert.Equal(200, (await proxy.ExchangeAsync("GET /0 HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
            await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");

            // Two endpoints at one address are one.
            var (active, idle) = await proxy.Server.UpstreamCountsAsync();
            Assert.Equal(0, active);
            Assert.InRange(idle, 1, Clients);
            Assert.Equal(0, proxy.Server.Metric("sluice_worker_faults_total"));
        }

        await Descriptors.ExpectNoMoreThan(descriptors);
    }

    private static async Task AnswerAsync(BackendConnection connection, int seed)
    {
        var random = new Random((seed * 7919) + connection.Index);
        while (await connection.ReadRequestAsync() is { } request)
        {
            var body = Filler[..int.Parse(request.Target.AsSpan(1), CultureInfo.InvariantCulture)];
            if (request["Upgrade"] is not null)
            {
                await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + body);
                await connection.ReadToEndAsync();
                return;
            }

            switch (request.Target == "/0" ? 9 : random.Next(10))
            {
                case 0:
                    connection.Reset();
                    return;
                case 1:
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length + 10}\r\n\r\n{body}");
                    if (random.Next(2) == 0)
                        connection.Reset();
                    return;
                case 2:
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\n\r\n{body}");
                    return;
                case 3 or 4:
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length + 1:x}\r\n{body}y\r\n0\r\n\r\n");
                    break;
                default:
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
                    break;
            }
        }
    }

    private static async Task RunAsync(TestProxy proxy, Random random)
    {
        RawClient? client = null;
        for (var i = 0; i < RequestsPerClient; i++)
        {
            client ??= await proxy.ConnectAsync(random.Next(4) == 0 ? 8 * 1024 : 0);
            var length = random.Next(3) == 0 ? random.Next(Filler.Length) : random.Next(2000);
            var body = Filler[..(random.Next(4) == 0 ? random.Next(300_000) : random.Next(100))];
            var head = random.Next(10) switch
            {
                0 => $"GET /{length} HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                1 or 2 => $"POST /{length} HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}",
                3 => $"PUT /{length} HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length + 1:x}\r\n{body}z\r\n0\r\n\r\n",
                4 => $"GET /{length} HTTP/1.0\r\nHost: a.test\r\n\r\n",
                5 => string.Concat(Enumerable.Repeat($"GET /{length} HTTP/1.1\r\nHost: a.test\r\n\r\n", 5)),
                _ => $"GET /{length} HTTP/1.1\r\nHost: a.test\r\n\r\n",
            };
            if (await ExchangeAsync(client, head, random))
                continue;
            await client.DisposeAsync();
            client = null;
        }

        if (client is not null)
            await client.DisposeAsync();
    }

    private static async Task ReadPartAsync(RawClient client, Random random)
    {
        var head = await client.Reader.ReadHeadAsync();
        if (head?["Content-Length"] is { } length)
            await client.Reader.DiscardAsync(random.Next(int.Parse(length, CultureInfo.InvariantCulture) + 1));
    }

    /// <summary>False when the connection is of no more use.</summary>
    private static async Task<bool> ExchangeAsync(RawClient client, string head, Random random)
    {
        try
        {
            switch (random.Next(7))
            {
                case 0:
                    await client.SendAsync(head[..random.Next(head.Length)]);
                    client.Reset();
                    return false;
                case 1:
                    await client.SendAsync(head[..random.Next(head.Length)]);
                    return false;
                case 2:
                    await client.SendAsync(head);
                    await ReadPartAsync(client, random);
                    client.Reset();
                    return false;
                case 3:
                    await client.SendAsync(head);
                    client.ShutdownSend();
                    await ReadPartAsync(client, random);
                    return false;
                default:
                    await client.SendAsync(head);
                    var response = await client.Reader.ReadResponseAsync();
                    return response?["Connection"] is null && response?.Status is 200 or 502 && client.Reader.Pending.Length == 0 && !head.StartsWith("GET /", StringComparison.Ordinal);
            }
        }
        catch (Exception error) when (error is WireFormatException { Truncated: true } or SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
