namespace Sluice.Controller.Streaming;

/// <summary>The status of a TokenReview.</summary>
/// <param name="Authenticated">status.authenticated.</param>
/// <param name="Username">status.user.username; "" when there is none.</param>
/// <param name="Audiences">status.audiences: those of the asked ones that the token is for. Empty from a server that does not look at them.</param>
internal sealed record ReviewedToken(bool Authenticated, string Username, IReadOnlyList<string> Audiences);
