namespace Sluice.Configuration.Policies;

public enum JwtValidationMode
{
    /// <summary>A valid token is required.</summary>
    Strict,

    /// <summary>Requests without a token are served; one with an invalid token is refused.</summary>
    AllowMissing,
}
