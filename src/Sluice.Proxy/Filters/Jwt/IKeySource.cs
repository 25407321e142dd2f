namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Where the keys of a provider come from. Safe for several threads.</summary>
internal interface IKeySource
{
    /// <summary>The keys that count now; null: none are known. Costs nothing; begins to fetch newer ones when it is time.</summary>
    JwtKeySet? Current { get; }

    /// <summary>Asks for keys that are not there: at all, or not the one that a token names.</summary>
    /// <returns>Completes when another look is worth while; null when asking is of no use now.</returns>
    Task? Refresh();
}
