using System.Threading.Channels;
using Sluice.Configuration.Streaming;

namespace Sluice.Controller.Streaming;

/// <summary>
/// One proxy's stream. A proxy that lags is sent how the newest configuration differs from what it was sent last, whatever lies
/// between: nothing queues up for it but what it is just being sent.
/// </summary>
internal sealed class ProxySession : IDisposable
{
    private readonly GatewayFeed _feed;
    private readonly StreamLimits _limits;
    private readonly StreamCounters _counters;
    private readonly TimeProvider _clock;
    private readonly FrameReader _reader;
    private readonly Stream _output;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly long _opened;
    private Snapshot? _sent; // Whole; the writer's.
    private long _newestSent;
    private long _updates;
    private long _frames;

    public ProxySession(GatewayFeed feed, Stream input, Stream output, StreamLimits limits, StreamCounters counters, TimeProvider clock, CancellationToken stop)
    {
        _feed = feed;
        _limits = limits;
        _counters = counters;
        _clock = clock;
        _reader = new FrameReader(input, StreamMessages.MaxProxyBytes);
        _output = output;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _opened = clock.GetTimestamp();
    }

    /// <summary>As it calls itself.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The version that it is being sent, or was last: answers may go up to it.</summary>
    public long NewestSent => Interlocked.Read(ref _newestSent);

    /// <summary>What it said last; null: nothing yet. Changed under the feed's lock.</summary>
    public Answer? Answer { get; set; }

    /// <summary>A new snapshot is there.</summary>
    public void Wake() => _changes.Writer.TryWrite(true);

    /// <summary>Serves the stream to its end.</summary>
    /// <returns>Why it ended; <see cref="StreamEnd.Left"/> and <see cref="StreamEnd.Renewed"/> are in order.</returns>
    public async Task<StreamEnd> RunAsync()
    {
        var digest = await GreetAsync();
        if (digest.End is { } early)
            return early;
        if (!_feed.TryAdd(this))
            return StreamEnd.Connections;
        try
        {
            var reading = ReadAsync();
            var writing = WriteAsync(digest.Value);
            var first = await Task.WhenAny(reading, writing);
            await _stop.CancelAsync();
            var ends = await Task.WhenAll(reading, writing);
            return first == reading ? ends[0] : ends[1];
        }
        finally
        {
            _feed.Remove(this);
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task<(StreamEnd? End, string? Value)> GreetAsync()
    {
        using var patience = new CancellationTokenSource(_limits.HelloTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, patience.Token);
        try
        {
            if (await _reader.ReadAsync(both.Token) is not { } frame)
                return (StreamEnd.Left, null);
            if (frame.Type != FrameType.Hello)
                return (StreamEnd.Protocol, null);
            var hello = StreamMessages.ReadHello(frame.Payload);
            Name = hello.Proxy;
            return (hello.Protocol == Hello.Current ? null : StreamEnd.Protocol, hello.Digest);
        }
        catch (Exception error)
        {
            return (EndOf(error, patience.IsCancellationRequested ? StreamEnd.Silent : StreamEnd.Left), null);
        }
    }

    private async Task<StreamEnd> ReadAsync()
    {
        using var patience = new CancellationTokenSource(_limits.SilenceTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, patience.Token);
        try
        {
            while (await _reader.ReadAsync(both.Token) is { } frame)
            {
                patience.CancelAfter(_limits.SilenceTimeout);
                if (++_frames > Allowance())
                    return StreamEnd.Flood;
                if (frame.Type == FrameType.Answer)
                {
                    if (!_feed.TryAnswer(this, StreamMessages.ReadAnswer(frame.Payload)))
                        return StreamEnd.Protocol;
                }
                else if (frame.Type != FrameType.Ping)
                {
                    return StreamEnd.Protocol;
                }
            }

            return StreamEnd.Left;
        }
        catch (Exception error)
        {
            return EndOf(error, patience.IsCancellationRequested && !_stop.IsCancellationRequested ? StreamEnd.Silent : StreamEnd.Left);
        }
    }

    /// <summary>Frames that the proxy may have sent by now: two for each update, since an answer may change, two for each time that it should ping, and some to spare.</summary>
    private long Allowance() =>
        _limits.SpareFrames + (2 * Interlocked.Read(ref _updates)) + (long)(2 * _clock.GetElapsedTime(_opened).TotalSeconds / _limits.PingInterval.TotalSeconds);

    private async Task<StreamEnd> WriteAsync(string? digest)
    {
        var age = _limits.MaxAge * (1 - (Random.Shared.NextDouble() / 10));
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, patience.Token);
        try
        {
            while (_clock.GetElapsedTime(_opened) < age)
            {
                if (_feed.Current is { } snapshot && snapshot != _sent)
                {
                    await SendAsync(snapshot, digest, patience, both.Token);
                    digest = null;
                }
                else if (!await WaitAsync())
                {
                    patience.CancelAfter(_limits.UpdateTimeout);
                    await _output.WriteAsync(StreamMessages.Ping, both.Token);
                    patience.CancelAfter(Timeout.InfiniteTimeSpan);
                }
            }

            return StreamEnd.Renewed;
        }
        catch (Exception error)
        {
            return EndOf(error, patience.IsCancellationRequested && !_stop.IsCancellationRequested ? StreamEnd.Slow : StreamEnd.Left);
        }
    }

    private async Task SendAsync(Snapshot snapshot, string? digest, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var update = snapshot.UpdateFrom(_sent, digest);
        Interlocked.Increment(ref _updates);
        Interlocked.Exchange(ref _newestSent, snapshot.Version);
        patience.CancelAfter(_limits.UpdateTimeout);
        foreach (var chunk in update.Encoded.Chunks)
            await _output.WriteAsync(chunk, cancellationToken);
        patience.CancelAfter(Timeout.InfiniteTimeSpan);
        _sent = snapshot;
        _counters.CountUpdate(update);
    }

    /// <summary>Whether something has changed before a ping is due.</summary>
    private async Task<bool> WaitAsync()
    {
        using var due = new CancellationTokenSource(_limits.PingInterval, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, due.Token);
        try
        {
            return await _changes.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (due.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What an error means: a proxy that breaks the rules, or else one that is gone.</summary>
    private static StreamEnd EndOf(Exception error, StreamEnd otherwise) => error switch
    {
        StreamFormatException => StreamEnd.Protocol,
        OperationCanceledException or IOException => otherwise,
        _ => throw new InvalidOperationException("the configuration stream failed", error),
    };
}
