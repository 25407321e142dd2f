namespace Sluice.Controller.Streaming;

/// <summary>TokenReview of the API server (authentication.k8s.io/v1).</summary>
internal interface ITokenReviewer
{
    /// <exception cref="AuthenticationUnavailableException">The API server did not answer.</exception>
    ValueTask<ReviewedToken> ReviewAsync(string token, string audience, CancellationToken cancellationToken);
}
