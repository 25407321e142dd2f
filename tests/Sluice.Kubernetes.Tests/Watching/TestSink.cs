using System.Collections.Immutable;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;

namespace Sluice.Kubernetes.Tests.Watching;

/// <summary>Keeps what it is told, and checks that it is told nothing twice.</summary>
internal sealed class TestSink : IWatchSink<Seen>
{
    private readonly Lock _lock = new();
    private ImmutableSortedDictionary<string, Seen> _objects = ImmutableSortedDictionary.Create<string, Seen>(StringComparer.Ordinal);
    private ImmutableList<string> _log = [];
    private TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableSortedDictionary<string, Seen> Objects
    {
        get
        {
            lock (_lock)
                return _objects;
        }
    }

    /// <summary>"+a=1", "-a", "list +a=1 -b".</summary>
    public ImmutableList<string> Log
    {
        get
        {
            lock (_lock)
                return _log;
        }
    }

    /// <summary>"a=1 b=2".</summary>
    public string Text => string.Join(' ', Objects.Select(entry => $"{entry.Key}={entry.Value}"));

    public void Relisted(WatchDiff<Seen> diff) => Tell(() =>
    {
        foreach (var (name, value) in diff.Set)
            Put(name.Name, value);
        foreach (var name in diff.Removed)
            Take(name.Name);
        return string.Join(' ', ["list", .. diff.Set.Select(entry => $"+{entry.Key.Name}={entry.Value}"), .. diff.Removed.Select(name => "-" + name.Name)]);
    });

    public void Set(NamespacedName name, Seen value) => Tell(() =>
    {
        Put(name.Name, value);
        return $"+{name.Name}={value}";
    });

    public void Remove(NamespacedName name) => Tell(() =>
    {
        Take(name.Name);
        return "-" + name.Name;
    });

    public async Task WaitAsync(Func<TestSink, bool> condition)
    {
        while (true)
        {
            Task told;
            lock (_lock)
                told = _told.Task;
            if (condition(this))
                return;
            await told.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    private void Put(string name, Seen value)
    {
        if (_objects.TryGetValue(name, out var known) && ReferenceEquals(known, value))
            throw new InvalidOperationException($"{name} was told again without a change.");
        _objects = _objects.SetItem(name, value);
    }

    private void Take(string name)
    {
        if (!_objects.ContainsKey(name))
            throw new InvalidOperationException($"{name} was removed, but was not there.");
        _objects = _objects.Remove(name);
    }

    private void Tell(Func<string> change)
    {
        lock (_lock)
        {
            _log = _log.Add(change());
            var told = _told;
            _told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult();
        }
    }
}
