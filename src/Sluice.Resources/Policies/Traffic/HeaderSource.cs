using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>A header field whose value stands here, or in a Secret.</summary>
public sealed record HeaderSource
{
    /// <summary>The field's name. Null, with secretRef: the key's, and without a key all entries of the Secret are taken.</summary>
    public string? Name { get; init; }

    /// <summary>The field's value.</summary>
    public string? Value { get; init; }

    /// <summary>Where the value is.</summary>
    public SecretKeyReference? SecretRef { get; init; }
}
