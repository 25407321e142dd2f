using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Gets a key set over HTTP from the cluster that is named. The caller sees to it that there is one fetch at a time, and to its time.</summary>
internal interface IJwksFetcher
{
    /// <param name="source">Url and cluster.</param>
    /// <param name="cancellationToken">Ends the fetch when it takes too long.</param>
    /// <returns>The body of a 200. Longer ones than <see cref="Configuration.Policies.Jwks.JsonWebKeySet.MaxBytes"/> need not be read to their end.</returns>
    /// <exception cref="IOException">There is none. The message says why.</exception>
    Task<byte[]> FetchAsync(RemoteJwks source, CancellationToken cancellationToken);
}
