using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>
/// Keys that are fetched. There is never more than one fetch at a time, and whatever tokens ask for, a pause between two: a storm of
/// unknown keys costs one fetch per <see cref="MinInterval"/>. Keys that were good stay in use while newer ones cannot be had, for
/// up to <see cref="MaxAge"/> beyond their time; then tokens are refused.
/// </summary>
internal sealed class RemoteKeySource : IKeySource
{
    private readonly RemoteJwks _source;
    private readonly IJwksFetcher _fetcher;
    private readonly TimeProvider _clock;
    private readonly Action<string> _onProblem;
    private readonly Lock _lock = new();
    private readonly long _started;
    private JwtKeySet? _keys;
    private byte[] _json = [];
    private Task? _running;
    private long _staleAt;
    private long _uselessAt = long.MinValue;
    private long _nextFetch;
    private string? _reported; // The last problem, while it lasts.

    /// <param name="source">What is fetched.</param>
    /// <param name="fetcher">Fetches.</param>
    /// <param name="clock">Tells what is old.</param>
    /// <param name="onProblem">Gets a message when a fetch fails, or keys are left out.</param>
    public RemoteKeySource(RemoteJwks source, IJwksFetcher fetcher, TimeProvider clock, Action<string> onProblem)
    {
        _source = source;
        _fetcher = fetcher;
        _clock = clock;
        _onProblem = onProblem;
        _started = clock.GetTimestamp();
    }

    /// <summary>The pause after a fetch before tokens with unknown keys cause another: 30 s.</summary>
    public static TimeSpan MinInterval { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a fetch may take: 5 s.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long keys are used beyond <see cref="RemoteJwks.CacheDuration"/> when no newer ones can be had: 1 h.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromHours(1);

    public JwtKeySet? Current
    {
        get
        {
            long now = Now;
            if (now < Volatile.Read(ref _staleAt))
                return Volatile.Read(ref _keys);
            lock (_lock)
            {
                // On-demand sets that nobody has asked for yet are fetched by the request that needs them.
                if (_keys is not null)
                    TryBegin(now);
                return now < _uselessAt ? _keys : null;
            }
        }
    }

    /// <summary>Fetches before any request asks.</summary>
    public void Prefetch()
    {
        lock (_lock)
            TryBegin(Now);
    }

    public Task? Refresh()
    {
        lock (_lock)
        {
            TryBegin(Now);
            return _running;
        }
    }

    private long Now => (long)_clock.GetElapsedTime(_started).TotalMilliseconds;

    private void TryBegin(long now)
    {
        if (_running is not null || now < _nextFetch)
            return;
        _running = Task.Run(FetchAsync);
    }

    private async Task FetchAsync()
    {
        JwtKeySet? keys = null;
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, _clock);
            byte[] json = await _fetcher.FetchAsync(_source, timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
            var problems = new List<string>();
            keys = Known(json) ?? JwtKeySet.Parse(json, problems);
            _json = json;
            _reported = null;
            foreach (string problem in problems)
                _onProblem($"JWKS {_source.Url}: {problem}");
        }
        catch (Exception exception)
        {
            // Whatever it was: the keys that are there stay, and the next fetch has its turn.
            Report(exception is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds} s" : exception.Message);
        }

        lock (_lock)
        {
            long now = Now;
            if (keys is not null)
            {
                Volatile.Write(ref _keys, keys);
                _uselessAt = now + Milliseconds(_source.CacheDuration) + Milliseconds(MaxAge);
                Volatile.Write(ref _staleAt, now + Milliseconds(_source.CacheDuration));
            }
            _nextFetch = now + (keys is null ? Milliseconds(_source.FailedRefetchDuration) : Math.Min(Milliseconds(MinInterval), Milliseconds(_source.CacheDuration)));
            _running = null;
        }
    }

    // Said once, not with every fetch.
    private void Report(string problem)
    {
        if (problem == _reported)
            return;
        _reported = problem;
        _onProblem($"JWKS {_source.Url}: {problem}");
    }

    /// <summary>The keys that are there when nothing has changed: what was accepted with them stays so.</summary>
    private JwtKeySet? Known(byte[] json) => json.AsSpan().SequenceEqual(_json) ? _keys : null;

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds);
}
