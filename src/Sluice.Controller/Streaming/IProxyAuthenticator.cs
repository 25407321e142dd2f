namespace Sluice.Controller.Streaming;

/// <summary>Says who a proxy is by its token.</summary>
internal interface IProxyAuthenticator
{
    /// <summary>Null when the token is not valid, or its bearer may have no Gateway's configuration.</summary>
    /// <exception cref="AuthenticationUnavailableException">Nobody can say now.</exception>
    ValueTask<ProxyIdentity?> AuthenticateAsync(string token, CancellationToken cancellationToken);
}
