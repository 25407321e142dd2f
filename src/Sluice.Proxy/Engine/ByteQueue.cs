namespace Sluice.Proxy.Engine;

/// <summary>Bytes that wait, in one contiguous buffer of the worker's pool; no buffer when empty.</summary>
internal unsafe struct ByteQueue
{
    private byte* _buffer;
    private int _capacity;
    private int _start;
    private int _end;

    public readonly int Length => _end - _start;

    public readonly byte* Pointer => _buffer + _start;

    public readonly ReadOnlySpan<byte> Bytes => new(_buffer + _start, _end - _start);

    public void Append(BufferPool pool, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return;
        bytes.CopyTo(Reserve(pool, bytes.Length));
        _end += bytes.Length;
    }

    /// <summary>Space for at least so many bytes behind the last; <see cref="Commit"/> says how many were written.</summary>
    public Span<byte> Reserve(BufferPool pool, int bytes)
    {
        if (_capacity - _end < bytes)
            MakeRoom(pool, bytes);
        return new Span<byte>(_buffer + _end, _capacity - _end);
    }

    public void Commit(int bytes) => _end += bytes;

    /// <summary>Drops bytes from the front; gives the buffer back when none are left.</summary>
    public void Consume(BufferPool pool, int bytes)
    {
        _start += bytes;
        if (_start == _end)
            Clear(pool);
    }

    public void Clear(BufferPool pool)
    {
        if (_buffer != null)
            pool.Return(_buffer, _capacity);
        this = default;
    }

    private void MakeRoom(BufferPool pool, int bytes)
    {
        var length = Length;
        if (length + bytes <= _capacity && _start >= _capacity / 2)
        {
            Bytes.CopyTo(new Span<byte>(_buffer, _capacity));
        }
        else
        {
            var capacity = BufferPool.SizeFor(length + bytes);
            var buffer = pool.Rent(capacity);
            Bytes.CopyTo(new Span<byte>(buffer, capacity));
            if (_buffer != null)
                pool.Return(_buffer, _capacity);
            _buffer = buffer;
            _capacity = capacity;
        }

        _start = 0;
        _end = length;
    }
}
