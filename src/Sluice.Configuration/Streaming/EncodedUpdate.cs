using System.Buffers;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>An update as bytes, written once and sent to many.</summary>
public sealed class EncodedUpdate
{
    /// <summary>Frames are put together up to about so many bytes.</summary>
    private const int ChunkBytes = 32 * 1024;

    private EncodedUpdate(IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        Chunks = chunks;
        Length = chunks.Sum(chunk => (long)chunk.Length);
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chunks { get; }

    /// <summary>Bytes of all chunks.</summary>
    public long Length { get; }

    /// <summary>With private keys. See <see cref="UpdateWriter.Write"/>.</summary>
    public static EncodedUpdate Of(ConfigurationTables from, ConfigurationTables to, long version, UpdateBase updateBase, long baseVersion = 0)
    {
        var chunks = new List<ReadOnlyMemory<byte>>();
        var buffer = new ArrayBufferWriter<byte>();
        UpdateWriter.Write(from, to, version, updateBase, baseVersion, Secrets.Included, frame =>
        {
            buffer.Write(frame);
            if (buffer.WrittenCount < ChunkBytes)
                return;
            chunks.Add(buffer.WrittenSpan.ToArray());
            buffer.ResetWrittenCount();
        });
        if (buffer.WrittenCount > 0)
            chunks.Add(buffer.WrittenSpan.ToArray());
        return new EncodedUpdate(chunks);
    }
}
