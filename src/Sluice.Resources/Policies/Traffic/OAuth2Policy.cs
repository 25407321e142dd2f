using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Logs users in with an OAuth 2 provider.</summary>
public sealed record OAuth2Policy
{
    /// <summary>A GatewayExtension with oauth2.</summary>
    public required ExtensionReference ExtensionRef { get; init; }
}
