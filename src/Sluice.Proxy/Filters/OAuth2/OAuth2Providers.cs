using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>The providers of a process: policies that name the same one share it, through all changes of the configuration.</summary>
/// <param name="calls">Calls them.</param>
/// <param name="clock">Tells what is old.</param>
/// <param name="onProblem">Gets a message when a call fails.</param>
internal sealed class OAuth2Providers(IOAuth2Calls calls, TimeProvider clock, Action<string> onProblem)
{
    private const int FirstSweep = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, WeakReference<OAuth2Provider>> _providers = [];
    private int _nextSweep = FirstSweep;

    public TimeProvider Clock => clock;

    public OAuth2Provider Get(OAuth2Policy policy)
    {
        var key = new Key(
            policy.Name, policy.Issuer, policy.AuthorizationEndpoint, policy.TokenEndpoint, policy.EndSessionEndpoint, policy.JwksUri,
            policy.Cluster, policy.JwksCluster, policy.ClientAuthentication);
        lock (_lock)
        {
            if (_providers.TryGetValue(key, out WeakReference<OAuth2Provider>? reference) && reference.TryGetTarget(out OAuth2Provider? known))
                return known;
            if (_providers.Count >= _nextSweep)
                Sweep();
            var created = new OAuth2Provider(policy, calls, clock, onProblem);
            _providers[key] = new WeakReference<OAuth2Provider>(created);
            return created;
        }
    }

    private void Sweep()
    {
        foreach ((Key key, WeakReference<OAuth2Provider> reference) in _providers)
        {
            if (!reference.TryGetTarget(out _))
                _providers.Remove(key);
        }
        _nextSweep = Math.Max(FirstSweep, 2 * _providers.Count);
    }

    private sealed record Key(
        string Name, string? Issuer, string? Authorization, string? Token, string? EndSession, string? Jwks, string? Cluster, string? JwksCluster,
        OAuth2ClientAuthentication Authentication);
}
