using Sluice.Configuration.Streaming;

namespace Sluice.Configuration.Tests.Streaming;

/// <summary>Frames in pieces, too large, and cut.</summary>
public sealed class FrameReaderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task Frames_AreRead_HoweverTheyCome(int step)
    {
        var messages = Enumerable.Range(0, 40).Select(i => new Hello(1, new string('x', i * i * 30), "digest")).ToArray();
        using var stream = new SlowStream([.. messages.SelectMany(message => StreamMessages.Write(message)), .. StreamMessages.Ping], step);
        var reader = new FrameReader(stream, StreamMessages.MaxProxyBytes);

        foreach (var message in messages)
        {
            var frame = (await reader.ReadAsync(Stop))!.Value;
            Assert.Equal((FrameType.Hello, message), (frame.Type, StreamMessages.ReadHello(frame.Payload)));
        }

        Assert.Equal((FrameType.Ping, 0), await reader.ReadAsync(Stop) is { } ping ? (ping.Type, ping.Payload.Length) : default);
        Assert.Null(await reader.ReadAsync(Stop));
    }

    [Fact]
    public async Task FrameThatIsTooLarge_IsRefused_WithoutWaitingForIt()
    {
        using var stream = new SlowStream([0, 1, 0, 1, 2], 100);

        var error = await Assert.ThrowsAsync<StreamFormatException>(async () => await new FrameReader(stream, 0x10000).ReadAsync(Stop));

        Assert.Contains("65537 bytes, more than 65536", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public async Task StreamThatEndsWithinAFrame_IsRefused(int bytes)
    {
        using var stream = new SlowStream([0, 0, 0, 9, 1, 1, 1], 100, bytes);

        await Assert.ThrowsAsync<StreamFormatException>(async () => await new FrameReader(stream, 100).ReadAsync(Stop));
    }

    [Fact]
    public void Answer_WithMoreThanFits_SaysHowMuchMore()
    {
        var errors = Enumerable.Range(0, 500).Select(i => new AnswerError($"l{i}", new string('e', 5000), ApplyErrorReason.Invalid)).ToArray();

        var bytes = StreamMessages.Write(new Answer(7, false, errors, [.. errors.Select(error => error.Message)]));
        var answer = StreamMessages.ReadAnswer(bytes.AsMemory(5));

        Assert.InRange(bytes.Length, 1, StreamMessages.MaxProxyBytes);
        Assert.Equal((7, false), (answer.Version, answer.Applied));
        Assert.Equal($"and {501 - answer.Errors.Count} more errors, which are in the proxy's log", answer.Errors[^1].Message);
        Assert.Equal($"and {501 - answer.Warnings.Count} more warnings, which are in the proxy's log", answer.Warnings[^1]);
    }

    private sealed class SlowStream(byte[] bytes, int step, int length = int.MaxValue) : MemoryStream(bytes, 0, Math.Min(length, bytes.Length))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
