using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>Backends that answer with damaged frames: whatever they say, the client gets an answer or an end, and nothing is left over.</summary>
public sealed class BackendFuzzTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task DamagedAnswers_HarmNobody(int seed)
    {
        const int Rounds = 100;
        var random = new Random(seed);
        await using var backend = Http2Backend.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            byte[] bytes;
            lock (random)
                bytes = Damage(random, Answer(random));
            await connection.SendAsync(bytes);
            connection.ShutdownSend();
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(new ProxyLimits { ResponseTimeout = TimeSpan.FromMilliseconds(500), UpstreamBodyTimeout = TimeSpan.FromMilliseconds(500) }, backend);

        for (var i = 0; i < Rounds; i++)
        {
            await using var client = await proxy.ConnectAsync();
            await client.SendAsync(Get);

            // An answer, or a part of one and its end.
            var head = await client.Reader.ReadHeadAsync();
            while (head is { Status: >= 100 and < 200 and not 101 })
                head = await client.Reader.ReadHeadAsync();
            Assert.NotNull(head);
            Assert.NotEqual(101, head.Status);
        }

        await Eventually.Is((0, 0), () => proxy.Server.UpstreamCountsAsync().Result, "requests and connections left");
    }

    private static byte[] Answer(Random random)
    {
        var frames = new List<byte>();
        var withTrailers = random.Next(3) == 0;
        if (random.Next(4) == 0)
            Add(FrameType.Headers, FrameFlags.EndHeaders, 1, Http2BackendConnection.Encode((":status", "103"), ("link", "</a>")));
        if (random.Next(4) == 0)
            Add(FrameType.Ping, FrameFlags.None, 0, new byte[8]);
        Add(FrameType.Headers, FrameFlags.EndHeaders, 1, Http2BackendConnection.Encode((":status", "200"), ("content-type", "text/plain"), ("x-a", "b")));
        for (var i = random.Next(4); i >= 0; i--)
            Add(FrameType.Data, FrameFlags.None, 1, new byte[random.Next(2_000)]);
        if (random.Next(4) == 0)
            Add(FrameType.WindowUpdate, FrameFlags.None, random.Next(2), [0, 0, 1, 0]);
        if (withTrailers)
            Add(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, Http2BackendConnection.Encode(("x-sum", "1")));
        else
            Add(FrameType.Data, FrameFlags.EndStream, 1, []);
        return [.. frames];

        void Add(FrameType type, FrameFlags flags, int stream, byte[] payload)
        {
            var header = new byte[FrameHeader.Size];
            new FrameHeader(payload.Length, type, flags, stream).Write(header);
            frames.AddRange(header);
            frames.AddRange(payload);
        }
    }

    /// <summary>Flips, cuts, doubles or inserts a few bytes.</summary>
    private static byte[] Damage(Random random, byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var i = random.Next(1, 4); i > 0 && damaged.Count > 0; i--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 20), damaged.Count - at));
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 20), damaged.Count - at)));
                    break;
                default:
                    damaged[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. damaged];
    }
}
