using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// Sends a response's body at a rate, in small pieces. What came and has to wait is kept here: at most what the backend's side reads in
/// one go, since it is not asked for more before all of it is sent. Belongs to one exchange.
/// </summary>
internal sealed class ResponseThrottle : TimerNode
{
    /// <summary>Milliseconds between two pieces.</summary>
    private const int Interval = 50;

    private const int Milli = 1000;

    private readonly Exchange _exchange;
    private readonly Worker _worker;
    private readonly long _rate;
    private readonly long _most;
    private ByteQueue _waiting;
    private FieldSection? _trailers;
    private bool _hasEnded;
    private bool _pumping;
    private long _credit; // In thousandths of an octet.
    private long _filledAt;

    /// <param name="exchange">Whose response it is.</param>
    /// <param name="bytesPerSecond">More than 0.</param>
    public ResponseThrottle(Exchange exchange, int bytesPerSecond)
    {
        _exchange = exchange;
        _worker = exchange.Worker;
        _rate = bytesPerSecond;
        _most = Math.Max(_rate * Interval, Milli);
        _filledAt = _worker.Now;
    }

    public bool IsEmpty => _waiting.Length == 0;

    public void Take(ReadOnlySpan<byte> data)
    {
        _waiting.Append(_worker.Buffers, data);
        Pump();
    }

    /// <summary>The response is complete; its end follows what waits.</summary>
    /// <param name="trailers">Valid during the call only.</param>
    public void HoldEnd(FieldSection? trailers)
    {
        _hasEnded = true;
        _trailers = trailers is null ? null : Copy(trailers);
    }

    /// <summary>The client can take more.</summary>
    public void Continue()
    {
        if (IsEmpty)
            _exchange.OnThrottleEmpty();
        else
            Finish();
    }

    /// <summary>The exchange is over.</summary>
    public void End()
    {
        _worker.Timers.Cancel(this);
        _waiting.Clear(_worker.Buffers);
    }

    internal override void OnTimer() => Finish();

    private void Finish()
    {
        // What is sent may make the client's side say that it can take more.
        if (_pumping)
            return;
        Pump();
        if (!IsEmpty)
            return;
        if (_hasEnded)
            _exchange.OnThrottleEnded(_trailers);
        else
            _exchange.OnThrottleEmpty();
    }

    private void Pump()
    {
        var now = _worker.Now;
        _credit = Math.Min(_most, _credit + ((now - _filledAt) * _rate));
        _filledAt = now;
        var piece = (int)Math.Min(_credit / Milli, _waiting.Length);
        if (piece > 0 && _exchange.ClientTakes)
        {
            _credit -= (long)piece * Milli;
            _pumping = true;
            _exchange.SendThrottled(_waiting.Bytes[..piece]);
            _pumping = false;
            if (_waiting.Length > 0) // Otherwise the exchange has ended meanwhile.
                _waiting.Consume(_worker.Buffers, piece);
        }

        if (_waiting.Length > 0 && _exchange.ClientTakes)
            _worker.Timers.Schedule(this, now + Interval);
    }

    private static unsafe FieldSection Copy(FieldSection trailers)
    {
        var length = 0;
        foreach (ref readonly var field in trailers.Fields)
            length += field.NameLength + field.ValueLength;
        var buffer = GC.AllocateUninitializedArray<byte>(Math.Max(1, length), pinned: true);
        var copy = new HeldFields(trailers.FieldCount, buffer);
        var at = 0;
        foreach (ref readonly var field in trailers.Fields)
        {
            var held = field;
            trailers.NameOf(field).CopyTo(buffer.AsSpan(at));
            trailers.ValueOf(field).CopyTo(buffer.AsSpan(at + field.NameLength));
            held.NameOffset = at;
            held.ValueOffset = at + field.NameLength;
            copy.TryAdd(held);
            at += field.NameLength + field.ValueLength;
        }

        return copy;
    }

    /// <summary>Fields with a buffer that lives as long as they do.</summary>
    private sealed unsafe class HeldFields : FieldSection
    {
        private readonly byte[] _pinned;

        public HeldFields(int count, byte[] pinned)
            : base(count)
        {
            _pinned = pinned;
            fixed (byte* start = _pinned)
                Buffer = start;
        }
    }
}
