using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Jwt;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Fetches the keys of one provider, the way its other calls go.</summary>
/// <param name="calls">Calls.</param>
/// <param name="target">The keys.</param>
internal sealed class OAuth2KeyFetcher(IOAuth2Calls calls, OAuth2Target target) : IJwksFetcher
{
    public Task<byte[]> FetchAsync(RemoteJwks source, CancellationToken cancellationToken) => calls.GetAsync(target, cancellationToken);
}
