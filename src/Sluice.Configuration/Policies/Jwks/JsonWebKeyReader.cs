using System.Buffers.Text;
using System.Numerics;
using System.Text.Json;

namespace Sluice.Configuration.Policies.Jwks;

/// <summary>Reads one key.</summary>
internal static class JsonWebKeyReader
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;

    // Larger exponents only make signatures slow to check.
    private const int MaxExponentBytes = 4;

    private const int MaxIdLength = 1024;

    /// <summary>The reason why there is no key; null with one, and for keys that are not for signatures.</summary>
    public static string? Read(JsonElement element, out JsonWebKey? key)
    {
        key = null;
        if (element.ValueKind != JsonValueKind.Object)
            return "an object is needed";
        if (element.TryGetProperty("d", out _))
            return "it is a private key: whoever publishes it has to replace it";
        if (!IsForSignatures(element))
            return null;
        var problem = Text(element, "kty") switch
        {
            "RSA" => Rsa(element, out key),
            "EC" => Curve(element, out key),
            "OKP" => $"kty \"OKP\" with the curve \"{Text(element, "crv")}\" (EdDSA) is not supported: the platform's cryptography lacks it",
            "oct" => "kty \"oct\" is a secret that whoever checks could sign with too; only public keys are used",
            null => "\"kty\" is missing",
            var other => $"kty \"{Short(other)}\" is none of RSA and EC",
        };
        if (key is null)
            return problem;
        var (id, algorithm) = (Text(element, "kid"), Text(element, "alg"));
        key = id is { Length: > MaxIdLength } ? null : key with { Id = id, Algorithm = algorithm };
        return key is null ? $"\"kid\" is longer than {MaxIdLength} characters" : null;
    }

    public static string Describe(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && Text(element, "kid") is { } id ? $" (kid \"{Short(id)}\")" : "";

    private static bool IsForSignatures(JsonElement element)
    {
        if (element.TryGetProperty("use", out var use) && !(use.ValueKind == JsonValueKind.String && use.ValueEquals("sig")))
            return false;
        return !element.TryGetProperty("key_ops", out var operations) || operations.ValueKind != JsonValueKind.Array
            || operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"));
    }

    private static string? Rsa(JsonElement element, out JsonWebKey? key)
    {
        key = null;
        if (Bytes(element, "n") is not { } modulus || Bytes(element, "e") is not { } exponent)
            return "an RSA key needs \"n\" and \"e\" in base64url";
        modulus = modulus.AsSpan().TrimStart((byte)0).ToArray();
        exponent = exponent.AsSpan().TrimStart((byte)0).ToArray();
        var bits = modulus.Length == 0 ? 0 : (8 * modulus.Length) - BitOperations.LeadingZeroCount(modulus[0]) + 24;
        if (bits is < MinRsaBits or > MaxRsaBits)
            return $"an RSA key of {bits} bits is not used: {MinRsaBits} to {MaxRsaBits} are needed (RFC 7518 3.3)";
        if (exponent.Length is 0 or > MaxExponentBytes || exponent[^1] % 2 == 0 || exponent is [1] || modulus[^1] % 2 == 0)
            return "\"n\" and \"e\" of an RSA key must be odd, and \"e\" from 3 to 4294967295";
        key = new JsonWebKey { Type = JsonWebKeyType.Rsa, Modulus = modulus, Exponent = exponent };
        return null;
    }

    private static string? Curve(JsonElement element, out JsonWebKey? key)
    {
        key = null;
        (JsonWebKeyType Type, int Length)? curve = Text(element, "crv") switch
        {
            "P-256" => (JsonWebKeyType.P256, 32),
            "P-384" => (JsonWebKeyType.P384, 48),
            "P-521" => (JsonWebKeyType.P521, 66),
            _ => null,
        };
        if (curve is not { } known)
            return $"the curve \"{Short(Text(element, "crv") ?? "")}\" is none of P-256, P-384 and P-521";
        if (Bytes(element, "x") is not { } x || Bytes(element, "y") is not { } y || x.Length != known.Length || y.Length != known.Length)
            return $"\"x\" and \"y\" must be {known.Length} octets each in base64url (RFC 7518 6.2.1)";
        key = new JsonWebKey { Type = known.Type, X = x, Y = y };
        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement element, string name)
    {
        if (Text(element, name) is not { Length: > 0 } text || !Base64Url.IsValid(text) || text.AsSpan().ContainsAny(" \t\r\n="))
            return null;
        return Base64Url.DecodeFromChars(text);
    }

    private static string Short(string text) => string.Concat((text.Length <= 64 ? text : text[..64] + "…").Select(c => char.IsControl(c) ? '?' : c));
}
