using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Sluice.Configuration.Policies.Jwks;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>
/// A public key, which is good for the algorithms of its type alone: a token cannot choose how its signature is looked at. Each thread
/// has its own instance of the platform's key, which is not made for several at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever has the key set may verify with it, and nobody knows who is the last: finalizers free what it holds.")]
internal sealed class JwtKey
{
    private readonly JsonWebKey _source;
    private readonly ThreadLocal<AsymmetricAlgorithm> _keys;

    private JwtKey(JsonWebKey source)
    {
        _source = source;
        _keys = new ThreadLocal<AsymmetricAlgorithm>(Import);
    }

    public string? Id => _source.Id;

    /// <summary>Null, with the reason, when the platform does not take it: a point beside its curve, for example.</summary>
    public static JwtKey? Create(JsonWebKey source, out string? problem)
    {
        var key = new JwtKey(source);
        try
        {
            key.Import().Dispose();
            problem = null;
            return key;
        }
        catch (CryptographicException exception)
        {
            problem = $"key {(source.Id is { } id ? $"\"{id}\"" : "without kid")} cannot be used: {exception.Message}";
            return null;
        }
    }

    public bool IsFor(JwtAlgorithm algorithm)
    {
        JsonWebKeyType needed = algorithm switch
        {
            JwtAlgorithm.ES256 => JsonWebKeyType.P256,
            JwtAlgorithm.ES384 => JsonWebKeyType.P384,
            JwtAlgorithm.ES512 => JsonWebKeyType.P521,
            _ => JsonWebKeyType.Rsa,
        };
        return _source.Type == needed && (_source.Algorithm is null || _source.Algorithm == algorithm.ToString());
    }

    /// <param name="algorithm">One that it <see cref="IsFor"/>.</param>
    /// <param name="signed">What was signed.</param>
    /// <param name="signature">By whom it is said to be.</param>
    public bool Verify(JwtAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        HashAlgorithmName hash = algorithm switch
        {
            JwtAlgorithm.RS256 or JwtAlgorithm.PS256 or JwtAlgorithm.ES256 => HashAlgorithmName.SHA256,
            JwtAlgorithm.RS384 or JwtAlgorithm.PS384 or JwtAlgorithm.ES384 => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        try
        {
            return _keys.Value switch
            {
                RSA rsa => rsa.VerifyData(signed, signature, hash, IsPss(algorithm) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
                ECDsa curve => curve.VerifyData(signed, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsPss(JwtAlgorithm algorithm) => algorithm is JwtAlgorithm.PS256 or JwtAlgorithm.PS384 or JwtAlgorithm.PS512;

    private AsymmetricAlgorithm Import() => _source.Type == JsonWebKeyType.Rsa
        ? RSA.Create(new RSAParameters { Modulus = _source.Modulus, Exponent = _source.Exponent })
        : ECDsa.Create(new ECParameters { Curve = Curve(_source.Type), Q = new ECPoint { X = _source.X, Y = _source.Y } });

    private static ECCurve Curve(JsonWebKeyType type) => type switch
    {
        JsonWebKeyType.P256 => ECCurve.NamedCurves.nistP256,
        JsonWebKeyType.P384 => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    };
}
