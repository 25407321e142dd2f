using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>The attempts of one request, up to a number.</summary>
internal sealed class AttemptList
{
    /// <summary>Attempts after these have no span.</summary>
    public const int Max = 16;

    private AttemptSpan[] _items = [];

    public int Count { get; private set; }

    public ReadOnlySpan<AttemptSpan> Items => _items.AsSpan(0, Count);

    public void Clear()
    {
        Array.Clear(_items);
        Count = 0;
    }

    /// <summary>Begins an attempt; the one before has ended at the latest now.</summary>
    public void Begin(ulong span, WorkerEndpoint endpoint, long now)
    {
        End(now, null);
        if (Count == Max)
            return;
        if (Count == _items.Length)
            Array.Resize(ref _items, Count == 0 ? 2 : 2 * Count);
        _items[Count++] = new AttemptSpan { Span = span, Started = now, Endpoint = endpoint };
    }

    /// <summary>The last attempt gets the span of another one, and that one its own.</summary>
    public void TakeOver(ulong span)
    {
        ref var last = ref _items[Count - 1];
        foreach (ref var item in _items.AsSpan(0, Count - 1))
        {
            if (item.Span == span)
                (item.Span, last.Span) = (last.Span, span);
        }
    }

    public void NoteStatus(int statusCode)
    {
        if (Count > 0 && _items[Count - 1].Ended == 0)
            _items[Count - 1].StatusCode = statusCode;
    }

    /// <summary>Ends the last attempt, unless it has ended.</summary>
    public void End(long now, UpstreamFailure? failure)
    {
        if (Count == 0 || _items[Count - 1].Ended != 0)
            return;
        _items[Count - 1].Ended = now;
        _items[Count - 1].Failure = failure;
    }
}
