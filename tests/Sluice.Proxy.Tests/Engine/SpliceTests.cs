using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>Large bodies of known length, which the kernel relays: whole, whoever is slow, and nothing of them left behind.</summary>
public sealed class SpliceTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private static readonly byte[] Body = MakeBody(7_000_000);

    /// <summary>
    /// The client reads only when the proxy has taken what it can: among so many lengths are some whose end waits in the pipe.
    /// </summary>
    [Fact]
    public async Task ClientThatReadsLate_GetsEveryBody_AndTheConnectionsLive()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                var length = int.Parse(request.Target.AsSpan(1));
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
                await connection.SendAsync(Body.AsMemory(0, length));
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        for (var length = 400_000; length < Body.Length; length += 200_000)
        {
            await using var client = await proxy.ConnectAsync(receiveBuffer: 8 * 1024);
            await client.SendAsync(Get.Replace("/ ", $"/{length} ", StringComparison.Ordinal));
            await backend.NextRequestAsync();
            for (var i = 0; i < 3; i++)
                Assert.Equal(2, (await proxy.ExchangeAsync(Get.Replace("/ ", "/2 ", StringComparison.Ordinal))).Body.Length);
            await ExpectBodyAsync(client, length);
        }

        Assert.Equal(2, backend.Connections);
        Assert.Equal(0, proxy.Server.Failures("reset"));
    }

    [Fact]
    public async Task BytesBehindALargeBody_NeverAnswerTheNextRequest()
    {
        // Both requests are there at once, so the connection would be taken again the moment the first response ends.
        const string Forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (connection.Index == 0)
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n{new string('a', 300_000)}{Forged}");
            else
                await connection.SendAsync(ScriptedBackend.Ok);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get + Get);

        Assert.Equal(300_000, (await client.ReadResponseAsync()).Body.Length);
        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
    }

    private static async Task ExpectBodyAsync(RawClient client, int length)
    {
        var head = await client.Reader.ReadHeadAsync();
        Assert.Equal($"{length}", head!["Content-Length"]);
        var position = 0;
        while (position < length)
        {
            var step = Math.Min(length - position, 400_000);
            var part = await client.Reader.ReadExactlyAsync(step);
            Assert.True(part.AsSpan().SequenceEqual(Wire.Text(Body.AsSpan(position, step))), $"the body differs after {position}");
            position += step;
        }
    }

    private static byte[] MakeBody(int length)
    {
        var body = new byte[length];
        new Random(7).NextBytes(body);
        return body;
    }
}
