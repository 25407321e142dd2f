namespace Sluice.Proxy.Routing;

/// <summary>Chooses one of a rule's backends by weight.</summary>
internal sealed class RuntimeForward : RuntimeAction
{
    private readonly RuntimeBackend? _only;
    private readonly RuntimeBackend[] _backends = [];
    private WeightedShares _shares;

    /// <param name="backends">Backends with their weights; those of weight 0 or less are never chosen.</param>
    public RuntimeForward(IReadOnlyList<(RuntimeBackend Backend, int Weight)> backends)
    {
        (RuntimeBackend Backend, int Weight)[] used = [.. backends.Where(backend => backend.Weight > 0)];
        if (used.Length == 1)
            _only = used[0].Backend;
        if (used.Length <= 1)
            return;
        _backends = [.. used.Select(backend => backend.Backend)];
        _shares = new WeightedShares([.. used.Select(backend => backend.Weight)]);
    }

    /// <summary>The next backend, or null when none has weight: 500 (HTTPRouteRule.backendRefs).</summary>
    public RuntimeBackend? Choose() => _backends.Length == 0 ? _only : _backends[_shares.Next()];

    /// <summary>The backend whose share holds a point of the interval from 0 to 2^32.</summary>
    public RuntimeBackend? Choose(uint point) => _backends.Length == 0 ? _only : _backends[_shares.At(point)];
}
