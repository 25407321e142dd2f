namespace Sluice.Proxy.Http2.Frames;

/// <summary>
/// What the other side may send, and what is to be given back to it. Given back in large steps: an update for every DATA frame
/// would cost as many frames again.
/// </summary>
internal struct ReceiveWindow(int size)
{
    private FlowWindow _window = new(size);
    private int _used;

    /// <summary>Bytes that the peer may still send.</summary>
    public readonly int Available => _window.Available;

    /// <summary>Counts bytes that came, padding included; false is FLOW_CONTROL_ERROR (RFC 9113 6.9.1).</summary>
    public bool TryReceive(int bytes) => _window.TryTake(bytes);

    /// <summary>
    /// Bytes are done with. Returns the increment of the WINDOW_UPDATE that is due, or 0 while less than half the window waits to
    /// be given back.
    /// </summary>
    public int Return(int bytes)
    {
        _used += bytes;
        if (_used < (size + 1) / 2)
            return 0;
        var increment = _used;
        _used = 0;
        _window.TryAdd(increment);
        return increment;
    }
}
