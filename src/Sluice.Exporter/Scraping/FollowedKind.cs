using System.Text.Json;
using Sluice.Exporter.Families;
using Sluice.Exporter.Rendering;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;

namespace Sluice.Exporter.Scraping;

/// <summary>
/// Follows one kind in the newest version that the API server has, and keeps the samples of its objects. Where the kind is not
/// installed there is nothing of it, and from time to time it is looked whether that has changed.
/// </summary>
internal sealed class FollowedKind : IWatchSink<RenderedObject>
{
    private static readonly TimeSpan NotInstalledPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    private readonly KubernetesClient _client;
    private readonly StateKind _kind;
    private readonly ExporterLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ObjectRenderer _renderer;
    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, RenderedObject> _objects = [];
    private readonly HashSet<NamespacedName> _tooMany = [];
    private IReadOnlyList<RenderedObject>? _inOrder;
    private string? _version;
    private string? _problem = "not read yet";
    private string? _unreadable;
    private long _problemSince;
    private long _bytes;

    /// <param name="client">Asks.</param>
    /// <param name="kind">What is followed.</param>
    /// <param name="limits">On its size.</param>
    /// <param name="clock">For pauses.</param>
    public FollowedKind(KubernetesClient client, StateKind kind, ExporterLimits limits, TimeProvider clock)
    {
        (_client, _kind, _limits, _clock) = (client, kind, limits, clock);
        _renderer = new ObjectRenderer(kind, limits.SamplesPerObject);
        _problemSince = clock.GetTimestamp();
    }

    /// <summary>All objects were known once, or it was known that there are none.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The samples as they are now. After trouble they are those from before it, for as long as they may be.</summary>
    public KindObjects Current()
    {
        var started = _clock.GetTimestamp();
        lock (_lock)
        {
            var problem = _problem ?? _unreadable;
            var isStale = _problem is not null && _clock.GetElapsedTime(_problemSince) > _limits.MaxStaleness;
            if (_tooMany.Count > 0)
                (problem, isStale) = ($"the samples of all {_kind.Plural} have more than {_limits.BytesPerKind >> 20} MiB", true);
            _inOrder ??= [.. _objects.Values.OrderBy(rendered => rendered.Name, StringComparer.Ordinal)];
            return new KindObjects(_kind, isStale ? [] : _inOrder, _version, problem, _clock.GetElapsedTime(started));
        }
    }

    /// <summary>Follows until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                var (found, problem) = await KindDiscovery.FindAsync(_client, _kind.Group, [_kind], cancellation).ConfigureAwait(false);
                if (!found.TryGetValue(_kind, out var resource))
                    throw new ApiException(0, ApiException.BadAnswer, problem ?? $"the version of {_kind} is not known");
                if (resource is not null)
                    await WatchAsync(resource, cancellation).ConfigureAwait(false);
                Tell(null, null);
                pause = NotInstalledPause;
            }
            catch (ApiException error)
            {
                Tell(_version, error.Message);
                pause = pause * 2 < NotInstalledPause ? pause * 2 : NotInstalledPause;
            }

            await Task.Delay(pause, _clock, cancellation).ConfigureAwait(false);
        }
    }

    public void Relisted(WatchDiff<RenderedObject> diff)
    {
        lock (_lock)
        {
            foreach (var name in diff.Removed)
                Take(name, null);
            foreach (var (name, value) in diff.Set)
                Take(name, value);
            IsKnown = true;
        }
    }

    public void Set(NamespacedName name, RenderedObject value)
    {
        lock (_lock)
            Take(name, value);
    }

    public void Remove(NamespacedName name)
    {
        lock (_lock)
            Take(name, null);
    }

    /// <summary>Until the kind is not installed any more, at least not in this version.</summary>
    private async Task WatchAsync(ApiResource resource, CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var cache = new WatchCache<RenderedObject>(_client, resource, Render, this, new WatchCacheOptions
        {
            Clock = _clock,
            OnStatus = status =>
            {
                Tell(resource.Version, status.State == WatchState.Watching ? null : status.Message);
                if (status.State == WatchState.NotInstalled)
                    gone.Cancel();
            },
            OnProblem = (_, problem) =>
            {
                lock (_lock)
                    _unreadable = problem;
            },
        });
        try
        {
            await cache.RunAsync(gone.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Not installed: back to looking for it.
        }
    }

    private RenderedObject? Render(ReadOnlyMemory<byte> json, RenderedObject? previous)
    {
        using var document = JsonDocument.Parse(json, Options);
        var rendered = _renderer.Render(document.RootElement);
        return rendered is not null && previous is not null && rendered.SaysTheSame(previous) ? previous : rendered;
    }

    private void Take(NamespacedName name, RenderedObject? value)
    {
        _inOrder = null;
        _tooMany.Remove(name);
        if (_objects.Remove(name, out var before))
            _bytes -= before.Size;
        if (value is null)
            return;
        if (_bytes + value.Size > _limits.BytesPerKind)
        {
            _tooMany.Add(name);
            return;
        }

        _objects.Add(name, value);
        _bytes += value.Size;
    }

    private void Tell(string? version, string? problem)
    {
        lock (_lock)
        {
            if (problem is not null && _problem is null)
                _problemSince = _clock.GetTimestamp();
            (_version, _problem) = (version, problem);
            IsKnown |= problem is null && version is null;
        }
    }
}
