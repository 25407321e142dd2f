namespace Sluice.Proxy.Http2.Frames;

/// <summary>Bytes that one side may still send, on a stream or a connection (RFC 9113 6.9). Negative after the peer has made its initial window smaller.</summary>
internal struct FlowWindow(int available)
{
    /// <summary>2^31 - 1 (RFC 9113 6.9.1).</summary>
    public const int Max = int.MaxValue;

    public int Available { get; private set; } = available;

    /// <summary>Takes bytes out. False when there are not so many: then nothing is taken, and the sender has broken the rules.</summary>
    public bool TryTake(int bytes)
    {
        if (bytes > Available)
            return false;
        Available -= bytes;
        return true;
    }

    /// <summary>WINDOW_UPDATE, or the difference of a changed SETTINGS_INITIAL_WINDOW_SIZE; false when it would exceed <see cref="Max"/>.</summary>
    public bool TryAdd(int bytes)
    {
        var sum = (long)Available + bytes;
        if (sum > Max)
            return false;
        Available = (int)sum;
        return true;
    }
}
