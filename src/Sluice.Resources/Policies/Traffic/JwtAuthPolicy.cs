using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Asks for a JSON Web Token.</summary>
public sealed record JwtAuthPolicy
{
    /// <summary>A GatewayExtension with jwt.</summary>
    public ExtensionReference? ExtensionRef { get; init; }

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
