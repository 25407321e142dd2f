using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>What a provider's backends are told of claims.</summary>
internal sealed class ClaimFields(IReadOnlyList<ClaimToHeader> claims)
{
    /// <summary>Octets of a field's value.</summary>
    public const int MaxValueLength = 8 * 1024;

    private readonly (string Claim, byte[] Header)[] _claims = [.. claims.Select(claim => (claim.Claim, Encoding.ASCII.GetBytes(claim.Header)))];

    /// <summary>Names of the fields in lower case: a client does not speak for its token.</summary>
    public byte[][] LowerNames { get; } = [.. claims.Select(claim => Encoding.ASCII.GetBytes(claim.Header.ToLowerInvariant())).DistinctBy(Convert.ToHexString)];

    /// <summary>Null when it can be used.</summary>
    public static string? Problem(ClaimToHeader claim) =>
        claim.Claim.Length == 0 ? "claimsToHeaders needs the name of a claim"
        : !FieldSyntax.IsName(claim.Header) || ReservedFields.Contains(claim.Header) ? $"claimsToHeaders: \"{claim.Header}\" is no field that can be written"
        : null;

    /// <returns>Null when a claim cannot stand in a field: it has a control character, or is too long.</returns>
    public (byte[] Name, byte[] Value)[]? Of(JsonElement claims)
    {
        var fields = new List<(byte[], byte[])>();
        foreach ((string claim, byte[] header) in _claims)
        {
            if (!TryFind(claims, claim, out JsonElement value) || value.ValueKind is JsonValueKind.Null)
                continue;
            byte[] text = Text(value);
            if (text.Length > MaxValueLength || !IsValue(text))
                return null;
            fields.Add((header, text));
        }
        return [.. fields];
    }

    // The claim of exactly that name, or else the path.
    private static bool TryFind(JsonElement claims, string name, out JsonElement value)
    {
        if (claims.TryGetProperty(name, out value))
            return true;
        value = claims;
        foreach (string part in name.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
                return false;
        }
        return true;
    }

    private static byte[] Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!.Trim(' ', '\t')),
        JsonValueKind.Object or JsonValueKind.Array => Base64Url.EncodeToUtf8(JsonMarshal.GetRawUtf8Value(value)),
        _ => JsonMarshal.GetRawUtf8Value(value).ToArray(),
    };

    private static bool IsValue(ReadOnlySpan<byte> text)
    {
        foreach (byte octet in text)
        {
            if ((octet < ' ' && octet != '\t') || octet == 0x7f)
                return false;
        }
        return true;
    }
}
