namespace Sluice.Exporter.Rendering;

/// <summary>Bytes that grow, and are kept for the next use.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Append(byte value) => Reserve(1)[0] = value;

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Room for so many more bytes, which count from now on.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    /// <summary>Forgets what comes after.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Forgets everything; room that something unusually large has needed goes too.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > 1 << 20)
            _bytes = new byte[4096];
    }
}
