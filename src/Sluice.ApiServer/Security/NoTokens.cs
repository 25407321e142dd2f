namespace Sluice.ApiServer.Security;

/// <summary>Knows no token.</summary>
internal sealed class NoTokens : ITokenAuthenticator
{
    public ValueTask<TokenIdentity> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(TokenIdentity.None("this server gives out no tokens, and so knows none"));
}
