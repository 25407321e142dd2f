using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>Composes frames whose payload is JSON, one after the other, in one buffer.</summary>
internal sealed class FrameBuffer : IBufferWriter<byte>, IDisposable
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _writer;
    private byte[] _bytes = new byte[4 * 1024];
    private int _length;
    private FrameType _type;

    public FrameBuffer() => _writer = new Utf8JsonWriter(this, Compact);

    /// <summary>Bytes of the frame so far.</summary>
    public long Length => _length + _writer.BytesPending;

    /// <summary>Begins a frame, whose payload is to be written.</summary>
    public Utf8JsonWriter Begin(FrameType type)
    {
        _type = type;
        _length = FrameHeader.Size;
        _writer.Reset();
        return _writer;
    }

    /// <summary>The whole frame, until the next one begins.</summary>
    public ReadOnlySpan<byte> End()
    {
        _writer.Flush();
        FrameHeader.Write(_bytes, _length - FrameHeader.Size, _type);
        return _bytes.AsSpan(0, _length);
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var wanted = _length + Math.Max(sizeHint, 1);
        if (wanted > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(wanted, _bytes.Length * 2));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => _writer.Dispose();
}
