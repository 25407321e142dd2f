using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>Compressed requests (TrafficPolicy.spec.compression.requestDecompression), bombs among them.</summary>
public sealed class DecompressionTests
{
    private static readonly RequestPolicies Policies = new()
    {
        Decompression = new DecompressionPolicy { Codings = [ContentCoding.Gzip, ContentCoding.Brotli, ContentCoding.Zstd], MaxBytes = 2_000_000, MaxRatio = 50 },
    };

    private static readonly byte[] Text = Wire.Bytes(string.Join('\n', Enumerable.Range(0, 20_000).Select(number => $"line {number * 7919}")));

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("gzip", true)]
    [InlineData("br", false)]
    [InlineData("br", true)]
    [InlineData("zstd", false)]
    [InlineData("zstd", true)]
    public async Task Body_ReachesTheBackend_AsItWas(string coding, bool isBuffered)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, isBuffered ? Policies with { Buffer = new BufferPolicy(2_000_000) } : Policies);
        await using var client = await proxy.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            await SendAsync(client, coding, Coding.Encode(coding, Text));
            Assert.Equal(200, (await client.ReadResponseAsync("POST")).Status);
        }

        Assert.Equal(3, backend.Requests.Count);
        Assert.All(backend.Requests, request =>
        {
            Assert.Equal(Wire.Text(Text), request.Body);
            Assert.Null(request["Content-Encoding"]);
            Assert.Equal(isBuffered, !request.IsChunked);
        });
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip, br")]
    [InlineData("identity")]
    public async Task OtherCodings_PassAsTheyAre(string coding)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await proxy.ConnectAsync();

        await SendAsync(client, coding, Wire.Bytes("whatever"));

        Assert.Equal(200, (await client.ReadResponseAsync("POST")).Status);
        Assert.Equal(("whatever", coding), (backend.Requests.Single().Body, backend.Requests.Single()["Content-Encoding"]));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Bomb_Is413(string coding)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ReadToEndAsync();
        });
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await proxy.ConnectAsync();

        await SendAsync(client, coding, Coding.Encode(coding, new byte[50_000_000]));

        Assert.Equal(413, (await client.ReadResponseAsync("POST")).Status);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("gzip", -20, true)]
    [InlineData("gzip", -1, true)]
    [InlineData("gzip", 5, true)]
    [InlineData("gzip", -20, false)]
    [InlineData("br", -5, true)]
    [InlineData("br", 5, true)]
    [InlineData("br", -5, false)]
    [InlineData("zstd", -5, true)]
    [InlineData("zstd", 5, true)]
    [InlineData("zstd", -5, false)]
    public async Task BodyThatIsCutOff_OrGoesOn_NeverLooksWhole(string coding, int change, bool isBuffered)
    {
        await using var backend = isBuffered ? ScriptedBackend.Answering() : ScriptedBackend.Start(connection => connection.ReadToEndAsync());
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, isBuffered ? Policies with { Buffer = new BufferPolicy(2_000_000) } : Policies);
        await using var client = await proxy.ConnectAsync();
        var body = Coding.Encode(coding, Text);

        await SendAsync(client, coding, change < 0 ? body[..^-change] : [.. body, .. new byte[change]]);

        Assert.Equal(400, (await client.ReadResponseAsync("POST")).Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task RandomOctets_Are400_OrABody()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies with { Buffer = new BufferPolicy(2_000_000) });
        var random = new Random(3);
        foreach (var coding in (string[])["gzip", "br", "zstd"])
        {
            for (var run = 0; run < 100; run++)
            {
                var body = Coding.Encode(coding, Text[..random.Next(1, 2000)]);
                body[random.Next(body.Length)] ^= (byte)random.Next(1, 256);
                await using var client = await proxy.ConnectAsync();
                await SendAsync(client, coding, body);
                Assert.True((await client.ReadResponseAsync("POST")).Status is 200 or 400 or 413);
            }
        }
    }

    [Fact]
    public async Task SlowBackend_HoldsTheClientBack_AndGetsAllOfIt()
    {
        var start = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await start.Task.Within("the client to have sent");
            await connection.ExpectRequestAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
            await connection.ReadToEndAsync();
        });
        var policies = new RequestPolicies { Decompression = new DecompressionPolicy { Codings = [ContentCoding.Gzip], MaxBytes = 100_000_000, MaxRatio = 10_000 } };
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, policies);
        await using var client = await proxy.ConnectAsync();

        await SendAsync(client, "gzip", Coding.Encode("gzip", new byte[30_000_000]));
        start.SetResult();

        Assert.Equal(200, (await client.ReadResponseAsync("POST")).Status);
        Assert.Equal(30_000_000, backend.Requests.Single().Body.Length);
    }

    private static async Task SendAsync(RawClient client, string coding, byte[] body)
    {
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n");
        await client.SendAsync(body);
    }
}
