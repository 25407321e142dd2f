using Sluice.ApiServer.Feeds;
using Sluice.Controller.Clustered;
using Sluice.Controller.Statuses;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Embedded;

/// <summary>
/// Follows the API: its own objects, in the form in which they are served, and the statuses of all. Objects that it only shows,
/// since files define them, come from the files.
/// </summary>
/// <param name="feed">Of the API.</param>
/// <param name="statuses">Is told what statuses there are.</param>
/// <param name="changed">Called, on any thread, when there are changes to take.</param>
/// <param name="faulted">Told of defects, each of which costs the changes that came together.</param>
internal sealed class ApiObjects(IObjectFeed feed, StatusBook statuses, Action changed, Action<Exception> faulted)
{
    private readonly Lock _lock = new();
    private readonly ObjectReader _reader = new();
    private readonly TaskCompletionSource _hasRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<(string Kind, NamespacedName Key), ClusterObject> _objects = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), ApiChange> _changes = [];

    /// <summary>Completes when everything is known that was there from the beginning.</summary>
    public Task HasRead => _hasRead.Task;

    /// <summary>Objects that cannot be served.</summary>
    public IReadOnlyList<RefusedObject> Refused
    {
        get
        {
            lock (_lock)
                return [.. _objects.Values.Select(value => value.Refused).OfType<RefusedObject>()];
        }
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var reader = feed.Open(EmbeddedKinds.All);
        while (true)
        {
            var batch = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (TryTake(batch))
                changed();
            _hasRead.TrySetResult();
        }
    }

    /// <summary>What has changed since the last call, each object once.</summary>
    public IReadOnlyCollection<ApiChange> TakeChanges()
    {
        lock (_lock)
        {
            ApiChange[] changes = [.. _changes.Values];
            _changes.Clear();
            return changes;
        }
    }

    /// <summary>Whether there are changes to take.</summary>
    private bool TryTake(ObjectBatch batch)
    {
        lock (_lock)
        {
            try
            {
                Take(batch);
            }
            catch (Exception defect)
            {
                faulted(defect);
            }
            return _changes.Count > 0;
        }
    }

    private void Take(ObjectBatch batch)
    {
        var gone = batch.IsAll ? _objects.Keys.ToHashSet() : [];
        foreach (var change in batch.Changes)
        {
            var key = new NamespacedName(change.Key.Namespace, change.Key.Name);
            gone.Remove((change.Kind.Kind, key));
            Take(change, key);
        }
        foreach (var (kind, key) in gone)
        {
            statuses.Forget(kind, key);
            Forget(kind, key);
        }
    }

    private void Take(in ObjectChange change, NamespacedName key)
    {
        var kind = change.Kind.Kind;
        if (change.IsDeleted)
        {
            statuses.Forget(kind, key);
            Forget(kind, key);
            return;
        }
        var envelope = ObjectEnvelope.Read(change.Json.Span);
        if (change.Kind.HasStatus)
            statuses.Observe(kind, key, envelope.ResourceVersion, change.Json.Span.Slice(envelope.StatusStart, envelope.StatusLength), isOurs: false);
        if (change.File is not null)
        {
            Forget(kind, key);
            return;
        }
        if (_objects.GetValueOrDefault((kind, key))?.Hash == envelope.ContentHash)
            return;
        var value = new ClusterObject(key, envelope.ContentHash, _reader.Read(change.Kind.Group, kind, envelope, change.Json.Span));
        _objects[(kind, key)] = value;
        _changes[(kind, key)] = new ApiChange(kind, key, value.Value);
    }

    private void Forget(string kind, NamespacedName key)
    {
        if (_objects.Remove((kind, key)))
            _changes[(kind, key)] = new ApiChange(kind, key, null);
    }
}
