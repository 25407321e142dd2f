using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>
/// A token in its parts (RFC 7515 3.1), read within limits and not verified yet. What RFC 7515 and RFC 7519 leave open is refused:
/// members that are there twice, extensions that must be understood, numbers and texts of the wrong kind.
/// </summary>
internal sealed class JwtToken : IDisposable
{
    /// <summary>Octets of a token.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Octets of its header, decoded.</summary>
    public const int MaxHeaderLength = 4 * 1024;

    /// <summary>Claims, without those inside of others.</summary>
    public const int MaxClaims = 256;

    /// <summary>How deep objects and lists may be inside of each other.</summary>
    public const int MaxDepth = 16;

    private const int MaxKeyIdLength = 1024;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly JsonDocument _document;

    private JwtToken(JsonDocument document, byte[] payload)
    {
        _document = document;
        Payload = payload;
    }

    public JwtAlgorithm Algorithm { get; private init; }

    /// <summary>Null: none.</summary>
    public string? KeyId { get; private init; }

    /// <summary>How much of the token is signed.</summary>
    public int SignedLength { get; private init; }

    public byte[] Signature { get; private init; } = [];

    /// <summary>JSON.</summary>
    public byte[] Payload { get; }

    public JsonElement Claims => _document.RootElement;

    /// <summary>Null: none.</summary>
    public string? Issuer { get; private init; }

    /// <summary>Seconds since 1970; null: it never expires.</summary>
    public double? Expires { get; private init; }

    /// <summary>Seconds since 1970; null: always.</summary>
    public double? NotBefore { get; private init; }

    /// <returns>Null with the failure.</returns>
    public static JwtToken? Parse(ReadOnlySpan<byte> text, out JwtFailure failure)
    {
        failure = JwtFailure.TooLarge;
        if (text.Length > MaxLength)
            return null;
        failure = JwtFailure.Malformed;
        int first = text.IndexOf((byte)'.');
        int second = first < 0 ? -1 : text[(first + 1)..].IndexOf((byte)'.');
        if (second < 0)
            return null;
        int end = first + 1 + second;
        byte[]? header = Decode(text[..first]), payload = Decode(text[(first + 1)..end]), signature = Decode(text[(end + 1)..]);
        if (header is null || payload is null)
            return null;
        if (header.Length > MaxHeaderLength)
        {
            failure = JwtFailure.TooLarge;
            return null;
        }
        try
        {
            return Read(header, payload, signature, end, ref failure);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether one of the audiences is the token's, or one of its (RFC 7519 4.1.3).</summary>
    public bool IsFor(IReadOnlyList<string> audiences)
    {
        if (audiences.Count == 0)
            return true;
        if (!Claims.TryGetProperty("aud"u8, out JsonElement audience))
            return false;
        if (audience.ValueKind == JsonValueKind.String)
            return audiences.Any(audience.ValueEquals);
        return audience.ValueKind == JsonValueKind.Array
            && audience.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && audiences.Any(item.ValueEquals));
    }

    public void Dispose() => _document.Dispose();

    private static JwtToken? Read(byte[] headerJson, byte[] payload, byte[]? signature, int signedLength, ref JwtFailure failure)
    {
        if (!Utf8.IsValid(headerJson) || !Utf8.IsValid(payload))
            return null;
        using JsonDocument header = JsonDocument.Parse(headerJson, Options);
        JsonElement root = header.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !TryText(root, "alg"u8, out string? algorithm) || !TryText(root, "kid"u8, out string? keyId)
            || algorithm is null || keyId is { Length: > MaxKeyIdLength })
            return null;

        // Extensions that must be understood: none is (RFC 7515 4.1.11).
        if (root.TryGetProperty("crit"u8, out _))
            return null;
        JwtAlgorithm known = Parse(algorithm);
        if (known == JwtAlgorithm.None)
        {
            failure = JwtFailure.AlgorithmNotAllowed;
            return null;
        }
        if (signature is null)
            return null;

        JsonDocument document = JsonDocument.Parse(payload, Options);
        JsonElement claims = document.RootElement;
        if (claims.ValueKind == JsonValueKind.Object && claims.GetPropertyCount() > MaxClaims)
            failure = JwtFailure.TooLarge;
        else if (claims.ValueKind == JsonValueKind.Object && TryText(claims, "iss"u8, out string? issuer)
            && TryTime(claims, "exp"u8, out double? expires) && TryTime(claims, "nbf"u8, out double? notBefore))
        {
            failure = JwtFailure.None;
            return new JwtToken(document, payload)
            {
                Algorithm = known,
                KeyId = keyId,
                SignedLength = signedLength,
                Signature = signature,
                Issuer = issuer,
                Expires = expires,
                NotBefore = notBefore,
            };
        }
        document.Dispose();
        return null;
    }

    private static JwtAlgorithm Parse(string algorithm) => algorithm switch
    {
        "RS256" => JwtAlgorithm.RS256,
        "RS384" => JwtAlgorithm.RS384,
        "RS512" => JwtAlgorithm.RS512,
        "PS256" => JwtAlgorithm.PS256,
        "PS384" => JwtAlgorithm.PS384,
        "PS512" => JwtAlgorithm.PS512,
        "ES256" => JwtAlgorithm.ES256,
        "ES384" => JwtAlgorithm.ES384,
        "ES512" => JwtAlgorithm.ES512,
        _ => JwtAlgorithm.None,
    };

    // False when it is there and no string.
    private static bool TryText(JsonElement owner, ReadOnlySpan<byte> name, out string? text)
    {
        text = null;
        if (!owner.TryGetProperty(name, out JsonElement value))
            return true;
        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    // NumericDate, which may have a fraction (RFC 7519 2).
    private static bool TryTime(JsonElement owner, ReadOnlySpan<byte> name, out double? time)
    {
        time = null;
        if (!owner.TryGetProperty(name, out JsonElement value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double seconds) || !double.IsFinite(seconds))
            return false;
        time = seconds;
        return true;
    }

    // base64url without padding (RFC 7515 2).
    private static byte[]? Decode(ReadOnlySpan<byte> text) =>
        text.Length == 0 || text.Length % 4 == 1 || text.ContainsAnyExcept(Letters) ? null : Base64Url.DecodeFromUtf8(text);
}
