using System.Text.Json;
using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Watching;

/// <summary>
/// Follows the objects of one kind: lists them, then watches, and goes on through everything that can happen on the way. A watch
/// that ends is resumed where it was; when the server does not know that place any more (410), or resuming fails again and again,
/// the objects are listed anew and compared. Of each object only its name, its resourceVersion and the converted value are kept.
/// </summary>
public sealed class WatchCache<T>
    where T : class
{
    /// <summary>Failures to resume in a row, after which a list is asked for instead.</summary>
    private const int MaxResumeFailures = 5;

    private readonly KubernetesClient _client;
    private readonly ApiResource _resource;
    private readonly WatchCacheOptions _options;
    private readonly WatchStore<T> _store;
    private readonly WatchPauses _pauses;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _telling = new();
    private volatile WatchStatus _status;
    private string? _resourceVersion;
    private int _resumeFailures;
    private long? _missingSince;
    private long? _openedAt; // of the watch that is open, or was last
    private ITimer? _settling; // while a watch is open
    private long _lists;
    private long _events;

    /// <param name="client">Not disposed by the cache.</param>
    /// <param name="resource">The kind.</param>
    /// <param name="convert">Makes of an object what is kept of it.</param>
    /// <param name="sink">Is told what changes.</param>
    /// <param name="options">Null for the defaults.</param>
    public WatchCache(KubernetesClient client, ApiResource resource, WatchConverter<T> convert, IWatchSink<T> sink, WatchCacheOptions? options = null)
    {
        _client = client;
        _resource = resource;
        _options = options ?? new WatchCacheOptions();
        _store = new WatchStore<T>(resource, convert, sink, _options.OnProblem);
        _pauses = new WatchPauses(_options);
        _status = new WatchStatus(resource, WatchState.Starting, "");
    }

    public ApiResource Resource => _resource;

    /// <summary>Completes when the sink knows all objects, or that the kind is not installed.</summary>
    public Task HasSynced => _synced.Task;

    /// <summary>May be read from any thread.</summary>
    public WatchStatus Status => _status;

    /// <summary>Lists that were completed: 1 when nothing went wrong.</summary>
    public long Lists => Interlocked.Read(ref _lists);

    /// <summary>Events that were taken, bookmarks left out.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Ends a pause: the kind has just been installed, or permissions were given. May be called from any thread.</summary>
    public void Recheck() => _pauses.End();

    /// <summary>Follows until it is cancelled; call it once.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            _openedAt = null;
            try
            {
                if (_resourceVersion is null)
                    await ListAsync(cancellation).ConfigureAwait(false);
                await WatchAsync(cancellation).ConfigureAwait(false);
            }
            catch (ApiException error)
            {
                await RecoverAsync(error, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task ListAsync(CancellationToken cancellation)
    {
        var listing = _store.Listing();
        var version = await _client.ListAsync(_resource, _options.Scope, listing, cancellation).ConfigureAwait(false);
        if (version.Length == 0)
            throw Unusable("a list without metadata.resourceVersion");
        _resourceVersion = version;
        listing.Complete();
        Interlocked.Increment(ref _lists);
        _missingSince = null;
        _resumeFailures = 0;
        Tell(WatchState.Watching, "");
        _synced.TrySetResult();
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        var watch = new WatchOptions
        {
            ResourceVersion = _resourceVersion,
            Timeout = _options.MinWatchTime * (1 + _options.Random()),
            StallTimeout = _options.StallTimeout,
            Opened = Opened,
        };
        try
        {
            await foreach (var change in _client.WatchAsync(_resource, _options.Scope, watch, cancellation).ConfigureAwait(false))
            {
                Take(change);
                Succeeded();
            }
        }
        finally
        {
            Close();
        }

        // The server ended it in good order. One that does so at once would be asked without end.
        if (!TakeEndOfWatch())
            await _pauses.AfterFailureAsync(null, cancellation).ConfigureAwait(false);
    }

    private void Take(WatchEvent change)
    {
        if (change.Type == WatchEventType.Error)
            throw ApiException.FromStatus($"watch {_resource}", change.Object.Span);
        try
        {
            _resourceVersion = change.Type switch
            {
                WatchEventType.Bookmark => ObjectHead.ReadVersion(change.Object.Span),
                WatchEventType.Deleted => _store.Remove(change.Object),
                _ => _store.Set(change.Object),
            };
        }
        catch (JsonException error)
        {
            throw Unusable(error.Message, error);
        }

        if (change.Type != WatchEventType.Bookmark)
            Interlocked.Increment(ref _events);
    }

    private void Succeeded()
    {
        _pauses.Reset();
        _resumeFailures = 0;
        _missingSince = null;
        Tell(WatchState.Watching, "");
    }

    /// <summary>A watch that has nothing to tell is a success too, when it stays.</summary>
    private void Opened()
    {
        _openedAt = _options.Clock.GetTimestamp();
        lock (_telling)
        {
            _settling = _options.Clock.CreateTimer(_ => Settled(), null, _options.MaxPause, Timeout.InfiniteTimeSpan);
        }
    }

    private void Settled()
    {
        lock (_telling)
        {
            if (_settling is not null)
                Tell(WatchState.Watching, "");
        }
    }

    private void Close()
    {
        lock (_telling)
        {
            _settling?.Dispose();
            _settling = null;
        }
    }

    /// <summary>Whether the watch that has just ended was open for a while.</summary>
    private bool TakeEndOfWatch()
    {
        if (_openedAt is not { } opened || _options.Clock.GetElapsedTime(opened) < _options.MaxPause)
            return false;
        Succeeded();
        return true;
    }

    /// <summary>Decides where to go on, and waits.</summary>
    private async Task RecoverAsync(ApiException error, CancellationToken cancellation)
    {
        TakeEndOfWatch();
        var wasOpen = _openedAt is not null;
        if (error.IsExpired)
        {
            // Everyone's versions expire together: a pause keeps the lists apart.
            _resourceVersion = null;
            await _pauses.AfterFailureAsync(null, cancellation).ConfigureAwait(false);
        }
        else if (error.IsNotFound)
        {
            await MissingAsync(error, cancellation).ConfigureAwait(false);
        }
        else if (error.IsDenied || error.Reason == ApiException.NoCredentials)
        {
            Tell(WatchState.Denied, error.Message);
            await _pauses.AfterDenialAsync(cancellation).ConfigureAwait(false);
        }
        else
        {
            // A server that is away says nothing about whether it knows the place to resume from.
            if (wasOpen || error.Reason != ApiException.Unreachable)
                _resumeFailures++;
            if (_resumeFailures >= MaxResumeFailures)
                _resourceVersion = null;

            // A stream that breaks is no news when it can be resumed.
            if (!wasOpen || _resumeFailures > 1)
                Tell(WatchState.Interrupted, error.Message);
            await _pauses.AfterFailureAsync(error.RetryAfter, cancellation).ConfigureAwait(false);
        }
    }

    private async Task MissingAsync(ApiException error, CancellationToken cancellation)
    {
        _resourceVersion = null;
        var now = _options.Clock.GetTimestamp();
        _missingSince ??= now;
        if (_store.Count > 0 && _options.Clock.GetElapsedTime(_missingSince.Value, now) < _options.NotInstalledGrace)
        {
            Tell(WatchState.Interrupted, error.Message);
            await _pauses.AfterFailureAsync(null, cancellation).ConfigureAwait(false);
            return;
        }

        if (_status.State != WatchState.NotInstalled)
        {
            _store.Listing().Complete();
            Tell(WatchState.NotInstalled, $"the server has no {_resource} in version {_resource.Version}: its CRD is not installed");
            _synced.TrySetResult();
        }

        await _pauses.WhileNotInstalledAsync(cancellation).ConfigureAwait(false);
    }

    private void Tell(WatchState state, string message)
    {
        lock (_telling)
        {
            if (_status.State == state && _status.Message == message)
                return;
            _status = new WatchStatus(_resource, state, message);
            _options.OnStatus?.Invoke(_status);
        }
    }

    private ApiException Unusable(string problem, Exception? inner = null) =>
        new(0, ApiException.BadAnswer, $"{_resource}: the answer of {_client.Access} cannot be used: {problem}", inner: inner);
}
