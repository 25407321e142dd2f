namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Keys that stand in the configuration.</summary>
internal sealed class InlineKeySource(JwtKeySet keys) : IKeySource
{
    public JwtKeySet? Current => keys;

    public Task? Refresh() => null;
}
