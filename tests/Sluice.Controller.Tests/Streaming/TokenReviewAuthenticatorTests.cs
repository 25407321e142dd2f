using Sluice.Configuration.Streaming;
using Sluice.Controller.Streaming;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>Which tokens are whose.</summary>
public sealed class TokenReviewAuthenticatorTests
{
    [Theory]
    [InlineData(true, "system:serviceaccount:shop:gateway-sa", StreamProtocol.TokenAudience, "shop/gateway")]
    [InlineData(false, "system:serviceaccount:shop:gateway-sa", StreamProtocol.TokenAudience, null)]
    [InlineData(true, "system:serviceaccount:shop:gateway-sa", "https://kubernetes.default.svc", null)]
    [InlineData(true, "system:serviceaccount:shop:gateway-sa", null, null)]
    [InlineData(true, "system:serviceaccount:shop:other", StreamProtocol.TokenAudience, null)]
    [InlineData(true, "system:serviceaccount:other:gateway-sa", StreamProtocol.TokenAudience, null)]
    [InlineData(true, "system:serviceaccount:shop:gateway-sa:more", StreamProtocol.TokenAudience, null)]
    [InlineData(true, "shop:gateway-sa", StreamProtocol.TokenAudience, null)]
    [InlineData(true, "", StreamProtocol.TokenAudience, null)]
    public async Task Token_IsOfOneGateway_OrOfNone(bool authenticated, string username, string? audience, string? gateway)
    {
        var reviewer = new Reviewer(new ReviewedToken(authenticated, username, audience is null ? [] : [audience]));
        var authenticator = new TokenReviewAuthenticator(reviewer, account => account == new NamespacedName("shop", "gateway-sa") ? "shop/gateway" : null);

        var identity = await authenticator.AuthenticateAsync("token", TestContext.Current.CancellationToken);

        Assert.Equal(gateway, identity?.Gateway);
        Assert.Equal(("token", StreamProtocol.TokenAudience), reviewer.Asked);
    }

    private sealed class Reviewer(ReviewedToken answer) : ITokenReviewer
    {
        public (string Token, string Audience) Asked { get; private set; }

        public ValueTask<ReviewedToken> ReviewAsync(string token, string audience, CancellationToken cancellationToken)
        {
            Asked = (token, audience);
            return ValueTask.FromResult(answer);
        }
    }
}
