namespace Sluice.Resources.Policies.Foreign;

/// <summary>One check of a request.</summary>
public sealed record AuthConfigStep
{
    /// <summary>What is checked: "oauth2", "oidcAuthorizationCode", "apiKeyAuth", "basicAuth", "passThroughAuth" or "opaAuth".</summary>
    public required string Type { get; init; }

    /// <summary>With the type oauth2, where the keys of tokens are; null for the other types.</summary>
    public string? JwksUrl { get; init; }
}
