namespace Sluice.Resources.Policies.Extensions;

/// <summary>Who we are to the provider.</summary>
public sealed record OAuth2Credentials
{
    /// <summary>Our identifier.</summary>
    public required string ClientId { get; init; }

    /// <summary>Our secret.</summary>
    public required ClientSecretReference ClientSecretRef { get; init; }
}
