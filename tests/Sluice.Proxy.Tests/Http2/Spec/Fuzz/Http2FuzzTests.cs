using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Fuzz;
using Sluice.Proxy.Tests.Http2.Spec.Cases;
using Sluice.Proxy.Tests.Http2.Spec.Downgrade;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Fuzz;

/// <summary>
/// Mutations of both tables against the whole proxy over sockets: what comes back is HTTP/2, backends get well-formed requests
/// that belong to them, no more of them than heads were sent, no worker faults, and no descriptor stays behind.
/// </summary>
[Collection(FuzzCollection.Name)]
public sealed class Http2FuzzTests
{
    private const int SentinelStream = 0x7ffffff1;

    private static readonly Frame[][] Corpus =
    [
        .. DowngradeCases.All.Select(oddity => oddity.Sent).Where(frames => frames.Sum(frame => frame.Payload.Length) < 1_000),
        .. SpecCases.All.Where(requirement => !requirement.WithoutHandshake && requirement.Steps.All(step => step.Sends is not null))
            .Select(requirement => requirement.Steps.Select(step => step.Sends!).ToArray()).Where(frames => frames.Sum(frame => frame.Payload.Length) < 1_000),
    ];

    /// <summary>Milliseconds after which a server that has said nothing is taken to wait for the rest of a frame. Nothing fails by it.</summary>
    private const int Patience = 100;

    /// <summary>Rows before that have ended by an error of the connection, and whose requests may still be on their way to a backend.</summary>
    private const int LateRows = 5;

    /// <summary>The rest of any frame, and one that ends the connection: DATA of stream 0.</summary>
    private static readonly byte[] Rest = new byte[16 * 1024 + 2 * Frame.HeaderSize];

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task MutatedFrames_ReachBackendsAsTheyWereRouted(int seed)
    {
        var mutator = new FrameMutator(seed, Corpus);
        await RunAsync(FuzzBudget.Texts(1_000), i =>
        {
            var frames = mutator.Next();
            return (Frame.ToBytes(frames), frames.Count(frame => frame.Type == FrameType.Headers), () => $"seed {seed}, row {i}: {string.Join(" | ", frames.AsEnumerable())}");
        });
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task MutatedOctets_ReachBackendsAsTheyWereRouted(int seed)
    {
        var mutator = new FrameMutator(seed, Corpus);
        await RunAsync(FuzzBudget.Texts(300), i =>
        {
            var bytes = mutator.NextBytes();
            return (bytes, bytes.Length / Frame.HeaderSize, () => $"seed {seed}, row {i}: {Wire.Show(Wire.Text(bytes), 4000)}");
        });
    }

    private static async Task RunAsync(int rows, Func<int, (byte[] Sent, int Heads, Func<string> What)> next)
    {
        var fixture = new CaseFixture();
        await fixture.InitializeAsync();
        await ServeAsync(fixture);
        var before = OpenSockets.Count();
        var recent = new Queue<int>(new int[LateRows]);
        for (var i = 0; i < rows; i++)
        {
            var (sent, heads, what) = next(i);
            try
            {
                await PlayAsync(fixture, sent);
            }
            catch (Exception error) when (error is WireFormatException or TimeoutException)
            {
                Assert.Fail($"{what()}\n  {error.Message}");
            }

            var faults = fixture.TakeFaults();
            Assert.True(faults.Count == 0, $"{what()}\n  {string.Join("; ", faults)}");
            var seen = fixture.TakeSeen().Where(message => message.Message.Target != "/sentinel").ToArray();
            Assert.True(seen.Length <= heads + recent.Sum(), $"{what()}\n  {seen.Length} requests of {heads} heads");
            recent.Enqueue(heads);
            recent.Dequeue();
            Assert.All(seen, message => Assert.True(IsAtHome(message), $"{what()}\n  {message.Backend} got {message.Message}"));
        }

        await ServeAsync(fixture);
        await OpenSockets.SettleAsync(before);
        await Eventually.Is(0, fixture.Proxy.Server.ActiveConnections, "client connections");
        await fixture.DisposeAsync();
    }

    /// <summary>Sends the octets, then a PING; where that is answered, a good request, which is served unless the connection ends.</summary>
    private static async Task PlayAsync(CaseFixture fixture, byte[] sent)
    {
        await using var client = await Http2Client.ConnectAsync(fixture.Proxy.EndPoint);
        await client.SendAsync(sent);
        await client.SendAsync([Make.Ping("the last")]);
        while (true)
        {
            var reading = client.NextAsync();
            if (await Task.WhenAny(reading, Task.Delay(Patience)) != reading)
                await client.SendAsync(Rest);
            if (await reading is not { } frame)
                return;
            if (frame is { Type: FrameType.Ping, IsAck: true } && Wire.Text(frame.Payload) == "the last")
                break;
        }

        // HEAD: a mutated SETTINGS may leave no window for a body.
        await client.SendAsync([Make.Headers(SentinelStream, FieldBlock.Request("HEAD", "/sentinel"))]);
        while (!client.Response(SentinelStream).IsOver && await client.NextAsync() is not null)
        {
        }
    }

    private static async Task ServeAsync(CaseFixture fixture)
    {
        await using (var client = await Http2Client.ConnectAsync(fixture.Proxy.EndPoint))
            Assert.Equal(200, (await client.GetAsync(1, "/sentinel")).Status);
        await Eventually.Is(0, fixture.Proxy.Server.ActiveConnections, "client connections");
        fixture.TakeSeen();
    }

    private static bool IsAtHome(SeenMessage seen) =>
        CaseRoutes.Find((seen.Message["Host"] ?? "").ToLowerInvariant().Split(':')[0], seen.Message.Target.Split('?')[0]) == seen.Backend;
}
