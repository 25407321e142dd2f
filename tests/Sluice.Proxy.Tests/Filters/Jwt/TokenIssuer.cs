using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Proxy.Tests.Filters.Jwt;

/// <summary>Issues tokens, right ones and wrong ones. Its keys have the ids "rsa" and "ec".</summary>
internal sealed class TokenIssuer : IDisposable
{
    /// <summary>What <see cref="Support.ManualClock"/> begins with.</summary>
    public const long Now = 1_700_000_000;

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The public keys as a key set.</summary>
    public string Jwks => $$"""{"keys":[{{RsaKey("rsa")}},{{CurveKey("ec")}}]}""";

    public string RsaKey(string id)
    {
        RSAParameters key = _rsa.ExportParameters(false);
        return $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Text(key.Modulus!)}}","e":"{{Text(key.Exponent!)}}"}""";
    }

    public string CurveKey(string id)
    {
        ECPoint point = _curve.ExportParameters(false).Q;
        return $$"""{"kty":"EC","crv":"P-256","kid":"{{id}}","x":"{{Text(point.X!)}}","y":"{{Text(point.Y!)}}"}""";
    }

    /// <summary>A token of this issuer, "iss" being "issuer" and "aud" "shop", with these claims besides.</summary>
    public string Issue(string algorithm = "RS256", string claims = "\"sub\":\"alice\"", string? keyId = null) =>
        Sign(algorithm, $$"""{"iss":"issuer","aud":"shop","exp":{{Now + 3600}},{{claims}}}""", keyId);

    /// <param name="algorithm">As the header says it; anything that this cannot do is signed with HMAC and the text of the public key.</param>
    /// <param name="payload">JSON.</param>
    /// <param name="keyId">Default: that of the key.</param>
    /// <param name="more">More of the header.</param>
    public string Sign(string algorithm, string payload, string? keyId = null, string more = "")
    {
        keyId ??= algorithm.StartsWith('E') ? "ec" : "rsa";
        string signed = Text($$"""{"alg":"{{algorithm}}","kid":"{{keyId}}"{{more}}}""") + "." + Text(payload);
        return signed + "." + Text(Signature(algorithm, Encoding.ASCII.GetBytes(signed)));
    }

    public static string Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static string Text(byte[] octets) => Base64Url.EncodeToString(octets);

    public void Dispose()
    {
        _rsa.Dispose();
        _curve.Dispose();
    }

    private byte[] Signature(string algorithm, byte[] signed) => algorithm switch
    {
        "RS256" => _rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "RS512" => _rsa.SignData(signed, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "PS256" => _rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "PS384" => _rsa.SignData(signed, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        "ES256" => _curve.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        "none" => [],
        _ => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), signed),
    };
}
