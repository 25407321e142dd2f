using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>
/// Updates the routes that one translation concerns. While there are routes of both kinds, the older goes first, so that each
/// finds its elder rivals decided, and whoever's claims changed takes the younger rivals along.
/// </summary>
internal sealed class RoutePass(
    RouteUpdater updater,
    RouteRivals? rivals,
    ImmutableDictionary<NamespacedName, RouteMemo>.Builder httpRoutes,
    ImmutableDictionary<NamespacedName, RouteMemo>.Builder grpcRoutes)
{
    private readonly List<(NamespacedName Key, bool IsGrpc)> _gone = [];
    private readonly Dictionary<Layer7Route, bool> _compile = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NamespacedName> _httpKeys = [];
    private readonly HashSet<NamespacedName> _grpcKeys = [];

    /// <summary>Of the routes whose memo is another now, or may be; null when they are too many to be kept.</summary>
    public IReadOnlyCollection<NamespacedName>? Updated(bool isGrpc) => Keys(isGrpc) is { Count: <= DictionaryChange.MostKeys } keys ? keys : null;

    public void Remove(NamespacedName key, bool isGrpc) => _gone.Add((key, isGrpc));

    /// <param name="route">As it is now.</param>
    /// <param name="compile">Whether its rules must be compiled; false when only its parents changed.</param>
    public void Add(Layer7Route route, bool compile) => _compile[route] = compile || _compile.GetValueOrDefault(route);

    public void Run()
    {
        if (rivals is null)
        {
            foreach (var (key, isGrpc) in _gone)
                Update(key, isGrpc, null, compile: false);
            foreach (var (route, compile) in _compile)
                Update(route.Key, route is GrpcRoute, route, compile);
            return;
        }

        RunByAge(rivals);
    }

    private void RunByAge(RouteRivals rivals)
    {
        var queue = new PriorityQueue<Layer7Route, Layer7Route>(Comparer<Layer7Route>.Create(RouteOrder.Compare));
        foreach (var route in _compile.Keys)
            queue.Enqueue(route, route);

        // What held a place until now must hold nobody up before it has been decided again.
        var released = new List<RouteMemo>();
        foreach (var (key, isGrpc) in _gone)
        {
            Release(key, isGrpc);
            Update(key, isGrpc, null, compile: false);
        }
        foreach (var route in _compile.Keys)
            Release(route.Key, route is GrpcRoute);
        foreach (var memo in released)
            Wake(memo, null);

        while (queue.TryDequeue(out var route, out _))
        {
            _compile.Remove(route, out var compile);
            Update(route.Key, route is GrpcRoute, route, compile);
            if (Memos(route is GrpcRoute).TryGetValue(route.Key, out var memo))
                Wake(memo, route);
        }

        void Release(NamespacedName key, bool isGrpc)
        {
            if (!Memos(isGrpc).TryGetValue(key, out var memo))
                return;
            rivals.Remove(memo);
            released.Add(memo);
        }

        // The younger rivals, or all.
        void Wake(RouteMemo memo, Layer7Route? elder)
        {
            foreach (var rival in rivals.Of(memo).ToList())
            {
                if ((elder is null || RouteOrder.Compare(elder, rival) < 0) && _compile.TryAdd(rival, false))
                    queue.Enqueue(rival, rival);
            }
        }
    }

    private void Update(NamespacedName key, bool isGrpc, Layer7Route? route, bool compile)
    {
        if (Keys(isGrpc) is { Count: <= DictionaryChange.MostKeys } keys)
            keys.Add(key);
        updater.Update(Memos(isGrpc), key, route, compile);
    }

    private HashSet<NamespacedName> Keys(bool isGrpc) => isGrpc ? _grpcKeys : _httpKeys;

    private ImmutableDictionary<NamespacedName, RouteMemo>.Builder Memos(bool isGrpc) => isGrpc ? grpcRoutes : httpRoutes;
}
