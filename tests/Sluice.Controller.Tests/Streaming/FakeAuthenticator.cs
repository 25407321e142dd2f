using Sluice.Controller.Streaming;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>Tokens that a test hands out.</summary>
internal sealed class FakeAuthenticator : IProxyAuthenticator
{
    public const string Token = "good-token";

    public Dictionary<string, string> Gateways { get; } = new() { [Token] = TestConfigurations.Gateway, ["others-token"] = "test/other" };

    public bool IsUnavailable { get; set; }

    public ValueTask<ProxyIdentity?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (IsUnavailable)
            throw new AuthenticationUnavailableException("the API server is away");
        return ValueTask.FromResult(Gateways.TryGetValue(token, out var gateway) ? new ProxyIdentity($"bearer of {token}", gateway) : null);
    }
}
