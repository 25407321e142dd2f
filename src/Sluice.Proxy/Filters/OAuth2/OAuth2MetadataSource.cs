using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// A provider's metadata as it is fetched: with the first request that needs it, again after <see cref="CacheDuration"/>, and after a
/// failure with growing pauses. What was good stays in use while nothing newer can be had. Safe for several threads.
/// </summary>
internal sealed class OAuth2MetadataSource
{
    private readonly OAuth2Policy _policy;
    private readonly OAuth2Target _target;
    private readonly IOAuth2Calls _calls;
    private readonly TimeProvider _clock;
    private readonly Action<string> _onProblem;
    private readonly Lock _lock = new();
    private readonly long _started;
    private OAuth2Metadata? _metadata;
    private Task? _running;
    private TimeSpan _pause = MinPause;
    private long _next;

    /// <param name="policy">Names the issuer, and what of its metadata does not count.</param>
    /// <param name="calls">Fetches.</param>
    /// <param name="clock">Tells what is old.</param>
    /// <param name="onProblem">Gets a message when a fetch fails.</param>
    public OAuth2MetadataSource(OAuth2Policy policy, IOAuth2Calls calls, TimeProvider clock, Action<string> onProblem)
    {
        _policy = policy;
        _target = new OAuth2Target(OAuth2Metadata.Location(policy.Issuer!), policy.Cluster, PrefersAddress: true);
        _calls = calls;
        _clock = clock;
        _onProblem = onProblem;
        _started = clock.GetTimestamp();
    }

    /// <summary>After this metadata is fetched again: 1 h.</summary>
    public static TimeSpan CacheDuration { get; } = TimeSpan.FromHours(1);

    /// <summary>How long a fetch may take: 5 s.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after a first failure: 1 s. It doubles with each other one.</summary>
    public static TimeSpan MinPause { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure: 1 min.</summary>
    public static TimeSpan MaxPause { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Null: not known yet. Begins to fetch newer when it is time.</summary>
    public OAuth2Metadata? Current
    {
        get
        {
            if (_metadata is not null && Now >= Volatile.Read(ref _next))
                Refresh();
            return Volatile.Read(ref _metadata);
        }
    }

    /// <returns>Completes when another look is worth while; null when asking is of no use now.</returns>
    public Task? Refresh()
    {
        lock (_lock)
        {
            if (_running is null && Now >= _next)
                _running = Task.Run(FetchAsync);
            return _running;
        }
    }

    private long Now => (long)_clock.GetElapsedTime(_started).TotalMilliseconds;

    private async Task FetchAsync()
    {
        OAuth2Metadata? metadata = null;
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, _clock);
            metadata = OAuth2Metadata.Read(await _calls.GetAsync(_target, timeout.Token).ConfigureAwait(false), _policy);
        }
        catch (Exception exception)
        {
            // Whatever it was: what is known stays, and the next fetch has its turn.
            _onProblem($"oauth2 {_policy.Name}: {_target.Url}: {(exception is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds} s" : exception.Message)}");
        }

        lock (_lock)
        {
            if (metadata is not null && metadata != _metadata)
                Volatile.Write(ref _metadata, metadata);
            Volatile.Write(ref _next, Now + (long)(metadata is null ? _pause : CacheDuration).TotalMilliseconds);
            _pause = metadata is not null ? MinPause : _pause * 2 < MaxPause ? _pause * 2 : MaxPause;
            _running = null;
        }
    }
}
