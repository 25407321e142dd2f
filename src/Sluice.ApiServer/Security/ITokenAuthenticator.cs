namespace Sluice.ApiServer.Security;

/// <summary>Says whose token something is, for TokenReviews.</summary>
public interface ITokenAuthenticator
{
    /// <param name="token">As presented. Never to be logged.</param>
    /// <param name="audiences">Whom the token must be for: one of them is enough. Empty for the server's own audience.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    ValueTask<TokenIdentity> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken);
}
