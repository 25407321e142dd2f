using Sluice.Configuration;
using Sluice.Configuration.Streaming;
using Sluice.Translation;

namespace Sluice.Controller.Streaming;

/// <summary>One Gateway: its newest snapshot, its proxies, and what they say.</summary>
internal sealed class GatewayFeed : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Func<ApplyOutcome> _silence;
    private readonly HashSet<ProxySession> _sessions = [];
    private readonly ITimer _timer; // When time alone decides.
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Snapshot? _current;
    private int _answered; // Sessions whose answer is to the current snapshot.
    private ApplyOutcome? _applied; // Of the current snapshot, as of the last time that a proxy served it.
    private long _leftAt;
    private bool _isRetired;

    /// <param name="gateway">As "namespace/name".</param>
    /// <param name="limits">Of the stream.</param>
    /// <param name="clock">The time.</param>
    /// <param name="silence">The outcome while no proxy has said anything.</param>
    public GatewayFeed(string gateway, StreamLimits limits, TimeProvider clock, Func<ApplyOutcome> silence)
    {
        Gateway = gateway;
        _limits = limits;
        _clock = clock;
        _silence = silence;
        _timer = clock.CreateTimer(_ => Notify(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Gateway { get; }

    /// <summary>Null before the first, and when the Gateway has gone.</summary>
    public Snapshot? Current => _current;

    /// <summary>What <see cref="Outcome"/> depends on has changed.</summary>
    public event Action<GatewayFeed>? Changed;

    /// <summary>As many proxies as there may be.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
                return _sessions.Count >= _limits.ConnectionsPerGateway;
        }
    }

    /// <summary>Makes a new snapshot, unless the configuration is the one that is there. False when the feed is no longer in use.</summary>
    public bool TryPublish(ProxyConfiguration configuration, Func<long> nextVersion)
    {
        lock (_lock)
        {
            if (_isRetired)
                return false;
            if (_current is { } current && ReferenceEquals(current.Configuration, configuration))
                return true;
            _current = new Snapshot(ConfigurationTables.Of(configuration, _current?.Tables), nextVersion()) { Timestamp = _clock.GetTimestamp() };
            _answered = 0;
            _applied = null;
            _timer.Change(_limits.AnswerTimeout, Timeout.InfiniteTimeSpan);
            foreach (var session in _sessions)
                session.Wake();
            return true;
        }
    }

    /// <summary>The Gateway has gone. Its proxies keep what they have until they are stopped.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            _current = null;
            _answered = 0;
            _applied = null;
        }

        Notify();
    }

    /// <summary>Ends the feed when it has neither a configuration nor proxies; nothing is added to it from then on.</summary>
    public bool TryRetire()
    {
        lock (_lock)
        {
            if (_current is not null || _sessions.Count > 0)
                return false;
            _isRetired = true;
        }

        Dispose();
        return true;
    }

    /// <summary>A proxy has come; false when there are as many as there may be, or the feed is no longer in use.</summary>
    public bool TryAdd(ProxySession session)
    {
        lock (_lock)
        {
            if (_isRetired || _sessions.Count >= _limits.ConnectionsPerGateway)
                return false;
            _sessions.Add(session);
            _timer.Change(_limits.AnswerTimeout, Timeout.InfiniteTimeSpan);
        }

        Notify();
        return true;
    }

    public void Remove(ProxySession session)
    {
        lock (_lock)
        {
            if (!_sessions.Remove(session))
                return;
            _answered -= HasAnswered(session) ? 1 : 0;
            if (_sessions.Count == 0)
            {
                _leftAt = _clock.GetTimestamp();
                _timer.Change(_limits.AbsenceTolerance, Timeout.InfiniteTimeSpan);
            }
        }

        Notify();
    }

    /// <summary>Takes an answer; false when there was nothing to answer.</summary>
    public bool TryAnswer(ProxySession session, Answer answer)
    {
        lock (_lock)
        {
            if (answer.Version > session.NewestSent || answer.Version < (session.Answer?.Version ?? 1))
                return false;
            _answered -= HasAnswered(session) ? 1 : 0;
            session.Answer = answer;
            _answered += HasAnswered(session) ? 1 : 0;
        }

        Notify();
        return true;
    }

    /// <summary>How many there are, and how many serve the newest snapshot or have refused it.</summary>
    public ProxyCounts Count()
    {
        lock (_lock)
        {
            var answers = Answers();
            return new ProxyCounts(Gateway, _current?.Version ?? 0, _sessions.Count, answers.Count(answer => answer.Applied), answers.Count(answer => !answer.Applied));
        }
    }

    /// <summary>What the newest snapshot has come to by now.</summary>
    public ApplyOutcome Outcome()
    {
        lock (_lock)
            return Decide() ?? _silence();
    }

    /// <summary>Waits until the outcome of the newest snapshot is certain, for as long as answers are waited for.</summary>
    public async Task<ApplyOutcome> DecideAsync()
    {
        while (true)
        {
            Task news;
            lock (_lock)
            {
                if (Decide() is { } outcome)
                    return outcome;
                news = _news.Task;
            }

            await news;
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Null while answers are waited for; the timer brings news when that is over.</summary>
    private ApplyOutcome? Decide()
    {
        if (_current is not { } current)
            return ApplyOutcome.Pending;
        if (_sessions.Count == 0)
            return _applied is not null && _clock.GetElapsedTime(_leftAt) < _limits.AbsenceTolerance ? _applied : _silence();
        if (_answered < _sessions.Count && _clock.GetElapsedTime(current.Timestamp) < _limits.AnswerTimeout)
            return _applied;
        if (_answered == 0)
            return _applied ?? _silence();
        var outcome = AnswerSummary.Of(Answers());
        if (outcome.Applied)
            _applied = outcome;
        return outcome;
    }

    private bool HasAnswered(ProxySession session) => session.Answer is { } answer && answer.Version == _current?.Version;

    private List<Answer> Answers() => [.. _sessions.Where(HasAnswered).Select(session => session.Answer!)];

    private void Notify()
    {
        lock (_lock)
        {
            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Changed?.Invoke(this);
    }
}
