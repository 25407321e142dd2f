namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Calls to providers of logins. Redirects are not followed, and certificates are verified. The caller sees to how many there are at a time.</summary>
internal interface IOAuth2Calls
{
    /// <summary>Metadata or keys.</summary>
    /// <param name="target">What is asked, and how it is reached.</param>
    /// <param name="cancellationToken">Ends the call when it takes too long.</param>
    /// <returns>The body of a 200, at most <see cref="MaxBodyLength"/> octets.</returns>
    /// <exception cref="IOException">There is none. The message says why.</exception>
    Task<byte[]> GetAsync(OAuth2Target target, CancellationToken cancellationToken);

    /// <summary>Asks for tokens (RFC 6749 3.2).</summary>
    /// <param name="target">The token endpoint.</param>
    /// <param name="form">application/x-www-form-urlencoded.</param>
    /// <param name="authorization">Value of Authorization; null: none.</param>
    /// <param name="cancellationToken">Ends the call when it takes too long.</param>
    /// <exception cref="IOException">There is no answer. The message says why.</exception>
    Task<OAuth2Answer> PostAsync(OAuth2Target target, string form, string? authorization, CancellationToken cancellationToken);

    /// <summary>Octets of an answer.</summary>
    const int MaxBodyLength = 256 * 1024;
}
