using Sluice.Proxy.Filters.BasicAuth;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Filters.RateLimits;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>What the filters of a process share, and what lives on through changes of the configuration.</summary>
/// <param name="keySources">Remote key sets.</param>
internal sealed class FilterParts(KeySources keySources) : IDisposable
{
    public TokenBuckets Buckets { get; } = new();

    public PasswordQueue Passwords { get; } = new();

    public KeySources KeySources { get; } = keySources;

    public void Dispose() => Passwords.Dispose();
}
