using System.Runtime.InteropServices;

namespace Sluice.Proxy.Engine;

/// <summary>
/// Collects what one connection writes while an event is handled, so that head, body and trailers leave in one send. One per
/// worker: when another connection writes, the first one's bytes are sent.
/// </summary>
internal sealed unsafe class Cork : IDisposable
{
    private const int Capacity = 32 * 1024;

    private readonly byte* _buffer = (byte*)NativeMemory.AlignedAlloc(Capacity, 4096);
    private StreamConnection? _owner;
    private int _length;

    /// <summary>Takes the bytes if they fit; otherwise leaves everything as it is.</summary>
    public bool TryAdd(StreamConnection connection, ReadOnlySpan<byte> bytes)
    {
        if (_owner != connection)
        {
            Flush();
            _owner = connection;
        }

        if (bytes.Length > Capacity - _length)
            return false;
        bytes.CopyTo(new Span<byte>(_buffer + _length, Capacity - _length));
        _length += bytes.Length;
        return true;
    }

    /// <summary>What the connection has here, taken out: the caller sends it together with more.</summary>
    public ReadOnlySpan<byte> Take(StreamConnection connection)
    {
        if (_owner != connection)
            return default;
        var taken = new ReadOnlySpan<byte>(_buffer, _length);
        _owner = null;
        _length = 0;
        return taken;
    }

    public void Flush()
    {
        if (_owner is not { } owner)
            return;
        var length = _length;
        _owner = null;
        _length = 0;
        if (length > 0)
            owner.SendNow(new ReadOnlySpan<byte>(_buffer, length), default);
    }

    /// <summary>Sends what this connection wrote, if it is the one that wrote last.</summary>
    public void Flush(StreamConnection connection)
    {
        if (_owner == connection)
            Flush();
    }

    /// <summary>Throws away what a closed connection wrote.</summary>
    public void Drop(StreamConnection connection)
    {
        if (_owner == connection)
        {
            _owner = null;
            _length = 0;
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(_buffer);
}
