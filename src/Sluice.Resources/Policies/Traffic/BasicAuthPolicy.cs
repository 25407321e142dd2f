using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Asks for a user and password (RFC 7617).</summary>
public sealed record BasicAuthPolicy
{
    /// <summary>Lines of an htpasswd file: "name:{SHA}...".</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>A Secret with such lines under .htpasswd, or under the key.</summary>
    public SecretKeyReference? SecretRef { get; init; }

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
