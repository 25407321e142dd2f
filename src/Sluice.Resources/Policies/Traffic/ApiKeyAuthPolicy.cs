using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Asks for a key.</summary>
public sealed record ApiKeyAuthPolicy
{
    /// <summary>Where keys are looked for, in order. Empty: in the field api-key.</summary>
    public IReadOnlyList<ApiKeySource> KeySources { get; init; } = [];

    /// <summary>Whether backends see the key.</summary>
    public bool ForwardCredential { get; init; }

    /// <summary>A field that tells the backend whose key it is.</summary>
    public string? ClientIdHeader { get; init; }

    /// <summary>A Secret with the keys, by client.</summary>
    public SecretKeyReference? SecretRef { get; init; }

    /// <summary>Secrets with the keys, by client.</summary>
    public ApiKeySelector? SecretSelector { get; init; }

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
