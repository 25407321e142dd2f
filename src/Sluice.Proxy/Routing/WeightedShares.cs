namespace Sluice.Proxy.Routing;

/// <summary>
/// Chooses one of several by weight. The points are a Weyl sequence of the golden ratio, which spreads far more evenly than
/// random numbers: after n choices every share is met within a few choices, not within √n.
/// </summary>
internal struct WeightedShares
{
    private const uint GoldenRatio = 0x9E3779B9;

    private readonly ulong[] _upTo;

    // Shared by the workers without synchronisation: a lost update repeats a point, which costs a little evenness only.
    private uint _point;

    /// <param name="weights">Each above 0; at least one.</param>
    public WeightedShares(ReadOnlySpan<int> weights)
    {
        _upTo = new ulong[weights.Length];
        ulong total = 0;
        for (int i = 0; i < weights.Length; i++)
            _upTo[i] = total += (uint)weights[i];
        _point = (uint)Random.Shared.NextInt64();
    }

    /// <summary>The place of the next choice.</summary>
    public int Next()
    {
        uint point = _point + GoldenRatio;
        _point = point;
        return At(point);
    }

    /// <summary>The place whose share holds a point of the interval from 0 to 2^32.</summary>
    public readonly int At(uint point)
    {
        ulong position = Math.BigMul(_upTo[^1], (ulong)point << 32, out _);
        int i = 0;
        while (position >= _upTo[i])
            i++;
        return i;
    }
}
