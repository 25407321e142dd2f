namespace Sluice.Proxy.Http2;

/// <summary>Streams that have something to send and may not yet, in the order of their turns.</summary>
internal struct WaitingStreams
{
    private Http2Stream? _last;

    public Http2Stream? First { get; private set; }

    public int Count { get; private set; }

    /// <summary>At the end, unless it waits already.</summary>
    public void Add(Http2Stream stream)
    {
        if (stream.IsWaiting)
            return;
        stream.IsWaiting = true;
        stream.PreviousWaiting = _last;
        stream.NextWaiting = null;
        if (_last is null)
            First = stream;
        else
            _last.NextWaiting = stream;
        _last = stream;
        Count++;
    }

    public void Remove(Http2Stream stream)
    {
        if (!stream.IsWaiting)
            return;
        stream.IsWaiting = false;
        if (stream.PreviousWaiting is null)
            First = stream.NextWaiting;
        else
            stream.PreviousWaiting.NextWaiting = stream.NextWaiting;
        if (stream.NextWaiting is null)
            _last = stream.PreviousWaiting;
        else
            stream.NextWaiting.PreviousWaiting = stream.PreviousWaiting;
        stream.NextWaiting = stream.PreviousWaiting = null;
        Count--;
    }
}
