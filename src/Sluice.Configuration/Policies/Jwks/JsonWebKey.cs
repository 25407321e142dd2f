namespace Sluice.Configuration.Policies.Jwks;

/// <summary>A public key of a key set (RFC 7517 4) that signatures can be checked with.</summary>
public sealed record JsonWebKey
{
    public required JsonWebKeyType Type { get; init; }

    /// <summary>"kid"; null: none.</summary>
    public string? Id { get; init; }

    /// <summary>"alg": the only algorithm it is for; null: any that fits its type.</summary>
    public string? Algorithm { get; init; }

    /// <summary>"n" of an RSA key, without leading zeros; else empty.</summary>
    public byte[] Modulus { get; init; } = [];

    /// <summary>"e" of an RSA key; else empty.</summary>
    public byte[] Exponent { get; init; } = [];

    /// <summary>"x" of a point, as long as the curve's field; else empty.</summary>
    public byte[] X { get; init; } = [];

    /// <summary>"y" of a point; else empty.</summary>
    public byte[] Y { get; init; } = [];
}
