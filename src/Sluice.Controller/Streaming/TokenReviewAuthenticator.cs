using Sluice.Configuration.Streaming;
using Sluice.Resources;

namespace Sluice.Controller.Streaming;

/// <summary>
/// Proxies prove themselves with the projected token of their ServiceAccount, which must be issued for the configuration stream: one
/// that was stolen from a workload for another use is none here, and one that was stolen here is of no use elsewhere.
/// </summary>
/// <param name="reviewer">Asks the API server.</param>
/// <param name="gatewayOf">The Gateway ("namespace/name") whose proxies run as a ServiceAccount; null for none.</param>
internal sealed class TokenReviewAuthenticator(ITokenReviewer reviewer, Func<NamespacedName, string?> gatewayOf) : IProxyAuthenticator
{
    private const string Prefix = "system:serviceaccount:";

    public async ValueTask<ProxyIdentity?> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        var review = await reviewer.ReviewAsync(token, StreamProtocol.TokenAudience, cancellationToken);
        if (!review.Authenticated || !review.Audiences.Contains(StreamProtocol.TokenAudience, StringComparer.Ordinal))
            return null;
        if (!review.Username.StartsWith(Prefix, StringComparison.Ordinal) || review.Username[Prefix.Length..].Split(':') is not [var space, var name])
            return null;
        return gatewayOf(new NamespacedName(space, name)) is { } gateway ? new ProxyIdentity(review.Username, gateway) : null;
    }
}
