using System.Net.Sockets;
using System.Security.Cryptography;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>Much at once: spliced, and byte for byte what was sent. Alone, since it looks at the pipes of the process.</summary>
[Collection(AloneCollection.Name)]
public sealed class RelayBulkTests
{
    private const int Chunk = 64 * 1024;
    private const int Chunks = 1600;

    [Fact]
    public async Task HundredMegabytes_EachWay_ArriveAsTheyWere()
    {
        await using var backend = TcpBackend.Echo();
        var before = Descriptors.Count();
        await using (var proxy = await StreamProxy.StartAsync(backend.Endpoint))
        {
            using var client = await proxy.ConnectAsync();
            using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var most = 0;
            var sending = SendAsync();
            var buffer = new byte[256 * 1024];
            long length = 0;
            int count;
            while ((count = await client.ReceiveSomeAsync(buffer)) > 0)
            {
                received.AppendData(buffer, 0, count);
                length += count;
                if (length > (long)Chunk * Chunks / 2 && most == 0)
                    most = Pipes();
            }

            await sending;
            Assert.Equal((long)Chunk * Chunks, length);
            Assert.Equal(sent.GetHashAndReset(), received.GetHashAndReset());
            Assert.True(most >= 2, "nothing was spliced");

            // Small things that follow on the next connection are copied again.
            using var next = await proxy.ConnectAsync();
            await next.SendTextAsync("hello");
            Assert.Equal("hello", await next.ReadTextAsync(5));

            async Task SendAsync()
            {
                var chunk = new byte[Chunk];
                for (var i = 0; i < Chunks; i++)
                {
                    Random.Shared.NextBytes(chunk.AsSpan(i % 100 * 64, 64));
                    sent.AppendData(chunk);
                    await client.SendAllAsync(chunk);
                }

                client.Shutdown(SocketShutdown.Send);
            }
        }

        await Descriptors.ExpectNoMoreThan(before);
    }

    /// <summary>A side that goes while a pipe is full of its bytes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CutInTheMiddle_LeavesNothingBehind(bool byClient)
    {
        var enough = new TaskCompletionSource();
        await using var backend = TcpBackend.Start(async socket =>
        {
            if (byClient)
                await Assert.ThrowsAsync<SocketException>(() => SendForeverAsync(socket));
            await enough.Task;
            if (!byClient)
                socket.Abort();
        });
        var before = Descriptors.Count();
        await using (var proxy = await StreamProxy.StartAsync(backend.Endpoint))
        {
            var client = await proxy.ConnectAsync();
            if (byClient)
            {
                for (var left = 20 << 20; left > 0;)
                    left -= await client.ReceiveSomeAsync(new byte[64 * 1024]);
                client.Abort();
                enough.SetResult();
                await proxy.Ended("client reset");
            }
            else
            {
                var sending = SendForeverAsync(client);
                await Eventually.Holds(() => proxy.Server.Metric($"sluice_stream_bytes_total{{{StreamProxy.Labels},direction=\"received\"}}") > 1 << 20, "the first megabyte");
                enough.SetResult();
                await Assert.ThrowsAsync<SocketException>(() => sending);
                await proxy.Ended("backend reset");
                client.Dispose();
            }

            Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
        }

        await Descriptors.ExpectNoMoreThan(before);
    }

    private static async Task SendForeverAsync(Socket socket)
    {
        var chunk = new byte[Chunk];
        while (true)
            await socket.SendAllAsync(chunk);
    }

    private static int Pipes() => Directory.GetFiles("/proc/self/fd").Count(descriptor => new FileInfo(descriptor).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);
}
