using Sluice.Configuration.Streaming;

namespace Sluice.Configuration.Tests.Streaming;

/// <summary>What is in frames, read as a proxy does.</summary>
internal static class Received
{
    /// <summary>Gives a reader all frames; how many updates they completed.</summary>
    public static async Task<int> ReadAllAsync(this UpdateReader reader, params EncodedUpdate[] updates)
    {
        using var bytes = new MemoryStream();
        foreach (var chunk in updates.SelectMany(update => update.Chunks))
            bytes.Write(chunk.Span);
        bytes.Position = 0;
        var frames = new FrameReader(bytes, StreamMessages.MaxControllerBytes);
        var complete = 0;
        while (await frames.ReadAsync(CancellationToken.None) is { } frame)
            complete += reader.Read(frame.Type, frame.Payload) ? 1 : 0;
        return complete;
    }
}
