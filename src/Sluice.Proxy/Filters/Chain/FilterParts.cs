using Sluice.Proxy.Filters.BasicAuth;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Filters.OAuth2;
using Sluice.Proxy.Filters.RateLimits;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>What the filters of a process share, and what lives on through changes of the configuration.</summary>
/// <param name="keySources">Remote key sets.</param>
internal sealed class FilterParts(KeySources keySources) : IDisposable
{
    public TokenBuckets Buckets { get; } = new();

    public PasswordQueue Passwords { get; } = new();

    public KeySources KeySources { get; } = keySources;

    /// <summary>Where users log in. Null: nobody can, and what asks for a login refuses everything.</summary>
    public OAuth2Providers? OAuth2 { get; init; }

    public void Dispose() => Passwords.Dispose();
}
