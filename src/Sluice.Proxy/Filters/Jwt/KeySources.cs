using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>The remote key sets of a process: policies that name the same one share it, through all changes of the configuration.</summary>
/// <param name="fetcher">Fetches.</param>
/// <param name="clock">Tells what is old.</param>
/// <param name="onProblem">Gets a message when a fetch fails.</param>
internal sealed class KeySources(IJwksFetcher fetcher, TimeProvider clock, Action<string> onProblem)
{
    private const int FirstSweep = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<RemoteJwks, WeakReference<RemoteKeySource>> _sources = [];
    private int _nextSweep = FirstSweep;

    public RemoteKeySource Get(RemoteJwks source)
    {
        lock (_lock)
        {
            if (_sources.TryGetValue(source, out WeakReference<RemoteKeySource>? reference) && reference.TryGetTarget(out RemoteKeySource? known))
                return known;
            if (_sources.Count >= _nextSweep)
                Sweep();
            var created = new RemoteKeySource(source, fetcher, clock, onProblem);
            _sources[source] = new WeakReference<RemoteKeySource>(created);
            if (source.AsyncFetch)
                created.Prefetch();
            return created;
        }
    }

    private void Sweep()
    {
        foreach ((RemoteJwks source, WeakReference<RemoteKeySource> reference) in _sources)
        {
            if (!reference.TryGetTarget(out _))
                _sources.Remove(source);
        }
        _nextSweep = Math.Max(FirstSweep, 2 * _sources.Count);
    }
}
