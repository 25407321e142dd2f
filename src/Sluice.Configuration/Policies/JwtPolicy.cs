namespace Sluice.Configuration.Policies;

/// <summary>JSON Web Tokens (RFC 7519; GatewayExtension.spec.jwt): a request is served when one of the providers accepts its token.</summary>
public sealed record JwtPolicy
{
    /// <summary>Providers that one policy may have: 32.</summary>
    public const int MaxProviders = 32;

    public JwtValidationMode ValidationMode { get; init; } = JwtValidationMode.Strict;

    public IReadOnlyList<JwtProvider> Providers { get; init; } = [];
}
