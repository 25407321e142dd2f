namespace Sluice.Proxy.Routing;

/// <summary>
/// Chooses one of a rule's backends by weight. The points are a Weyl sequence of the golden ratio, which spreads far more
/// evenly than random numbers: after n requests every share is met within a few requests, not within √n.
/// </summary>
internal sealed class RuntimeForward : RuntimeAction
{
    private const uint GoldenRatio = 0x9E3779B9;

    private readonly RuntimeBackend? _only;
    private readonly RuntimeBackend[] _backends;
    private readonly ulong[] _upTo;

    // Shared by the workers without synchronisation: a lost update repeats a point, which costs a little evenness only.
    private uint _point;

    /// <param name="backends">Backends with their weights; those of weight 0 or less are never chosen.</param>
    public RuntimeForward(IReadOnlyList<(RuntimeBackend Backend, int Weight)> backends)
    {
        int used = 0;
        foreach ((RuntimeBackend backend, int weight) in backends)
        {
            if (weight > 0)
            {
                used++;
                _only = backend;
            }
        }
        _backends = [];
        _upTo = [];
        if (used <= 1)
            return;
        _only = null;
        _backends = new RuntimeBackend[used];
        _upTo = new ulong[used];
        ulong total = 0;
        used = 0;
        foreach ((RuntimeBackend backend, int weight) in backends)
        {
            if (weight <= 0)
                continue;
            _backends[used] = backend;
            _upTo[used++] = total += (uint)weight;
        }
        _point = (uint)Random.Shared.NextInt64();
    }

    /// <summary>The next backend, or null when none has weight: 500 (HTTPRouteRule.backendRefs).</summary>
    public RuntimeBackend? Choose()
    {
        if (_backends.Length == 0)
            return _only;
        uint point = _point + GoldenRatio;
        _point = point;
        return Choose(point);
    }

    /// <summary>The backend whose share holds a point of the interval from 0 to 2^32.</summary>
    public RuntimeBackend? Choose(uint point)
    {
        if (_backends.Length == 0)
            return _only;
        ulong position = Math.BigMul(_upTo[^1], (ulong)point << 32, out _);
        int i = 0;
        while (position >= _upTo[i])
            i++;
        return _backends[i];
    }
}
