using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// Encrypts and authenticates cookies (AES-256-GCM). Keys are derived from the policy's secret (HKDF, RFC 5869), apart for each kind of
/// cookie, policy, client and provider; the host or domain and what a cookie belongs to are authenticated with it. So a cookie opens
/// where it was sealed for and nowhere else.
/// </summary>
internal sealed class OAuth2Sealer
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    private readonly byte[][] _keys;

    public OAuth2Sealer(OAuth2Policy policy)
    {
        byte[] secret = Encoding.UTF8.GetBytes((policy.CookieSecret ?? policy.ClientSecret).Reveal());
        _keys = [.. Enum.GetValues<OAuth2CookieKind>().Select(kind => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret, 32, "sluice oauth2 cookies"u8.ToArray(),
            Encoding.UTF8.GetBytes($"{kind}\0{policy.Name}\0{policy.ClientId}\0{policy.Issuer ?? policy.TokenEndpoint}")))];
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <param name="kind">What it is for.</param>
    /// <param name="plaintext">What is said.</param>
    /// <param name="scope">The host or domain that it is for.</param>
    /// <param name="owner">What it belongs to: a session or transaction; "" for a session itself.</param>
    /// <returns>base64url.</returns>
    public string Seal(OAuth2CookieKind kind, ReadOnlySpan<byte> plaintext, string scope, string owner)
    {
        byte[] sealedText = new byte[plaintext.Length + Overhead];
        sealedText[0] = Version;
        Span<byte> nonce = sealedText.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_keys[(int)kind], TagLength);
        cipher.Encrypt(nonce, plaintext, sealedText.AsSpan(1 + NonceLength, plaintext.Length), sealedText.AsSpan(sealedText.Length - TagLength), Associated(scope, owner));
        return Base64Url.EncodeToString(sealedText);
    }

    /// <returns>Null for whatever was not sealed here for just this.</returns>
    public byte[]? Open(OAuth2CookieKind kind, string text, string scope, string owner)
    {
        if (!Base64Url.IsValid(text))
            return null;
        byte[] sealedText = Base64Url.DecodeFromChars(text);
        if (sealedText.Length < Overhead || sealedText[0] != Version)
            return null;
        byte[] plaintext = new byte[sealedText.Length - Overhead];
        using var cipher = new AesGcm(_keys[(int)kind], TagLength);
        try
        {
            cipher.Decrypt(
                sealedText.AsSpan(1, NonceLength), sealedText.AsSpan(1 + NonceLength, plaintext.Length), sealedText.AsSpan(sealedText.Length - TagLength),
                plaintext, Associated(scope, owner));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Associated(string scope, string owner) => Encoding.UTF8.GetBytes($"{scope}\0{owner}");
}
