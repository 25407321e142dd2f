using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Controller.RateLimits.Redis;

/// <summary>
/// Counters in Redis, which any number of servers share: INCRBY and EXPIRE, over one connection, many questions on their way at a time. A
/// connection that broke or does not answer in time is given up with all that waits on it, and made anew; while the server is not there,
/// one attempt is made in each <see cref="Pause"/>, and nobody waits longer than <see cref="RedisOptions.Timeout"/>.
/// </summary>
internal sealed class RedisCounters(RedisOptions options, TimeProvider clock) : ILimitCounters, IAsyncDisposable
{
    /// <summary>Between attempts to connect.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private Task<RedisConnection>? _connecting;
    private DateTimeOffset _nextAttempt;
    private bool _isDisposed;

    public async ValueTask<long[]> AddAsync(IReadOnlyList<CounterHit> hits, long now)
    {
        RedisConnection? connection = null;
        try
        {
            connection = await Connect().WaitAsync(options.Timeout, clock).ConfigureAwait(false);
            var answers = await connection.SendAsync(Commands(hits, now), 2 * hits.Count).WaitAsync(options.Timeout, clock).ConfigureAwait(false);
            var counts = new long[hits.Count];
            for (var i = 0; i < counts.Length; i++)
                counts[i] = answers[2 * i];
            return counts;
        }
        catch (TimeoutException)
        {
            connection?.Abandon("the server does not answer in time");
            throw new IOException($"Redis at {options.Server.Host}:{options.Server.Port} does not answer within {options.Timeout.TotalMilliseconds} ms");
        }
        catch (SocketException error)
        {
            throw new IOException($"Redis at {options.Server.Host}:{options.Server.Port}: {error.Message}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<RedisConnection>? connecting;
        lock (_lock)
        {
            _isDisposed = true;
            connecting = _connecting;
        }
        if (connecting is null)
            return;
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
            await connecting.Result.DisposeAsync().ConfigureAwait(false);
    }

    private Task<RedisConnection> Connect()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connecting is { } running && (!running.IsCompleted || (running.IsCompletedSuccessfully && running.Result.IsOpen)))
                return running;
            var now = clock.GetUtcNow();
            if (now < _nextAttempt)
                throw new IOException($"Redis at {options.Server.Host}:{options.Server.Port} cannot be reached");
            _nextAttempt = now + Pause;
            return _connecting = Task.Run(() => RedisConnection.OpenAsync(options, clock));
        }
    }

    // The counter lives as long as its window, and a second more for clocks that differ.
    private static byte[] Commands(IReadOnlyList<CounterHit> hits, long now)
    {
        var text = new StringBuilder();
        foreach (var hit in hits)
        {
            Command(text, "INCRBY", hit.Key, hit.Hits);
            Command(text, "EXPIRE", hit.Key, Math.Max(1, hit.Expires - now) + 1);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Command(StringBuilder text, string name, string key, long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"*3\r\n${name.Length}\r\n{name}\r\n${Encoding.UTF8.GetByteCount(key)}\r\n{key}\r\n${digits.Length}\r\n{digits}\r\n");
    }
}
