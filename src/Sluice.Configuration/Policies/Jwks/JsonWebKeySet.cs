using System.Globalization;
using System.Text.Json;

namespace Sluice.Configuration.Policies.Jwks;

/// <summary>
/// Reads key sets (RFC 7517, RFC 7518 6): RSA of 2048 to 8192 bits, and the curves P-256, P-384 and P-521. Keys that are for something
/// else than signatures are passed over; secret ones (kty "oct") and those that cannot be used are reported and left out.
/// </summary>
public static class JsonWebKeySet
{
    /// <summary>Octets of a set: 256 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Keys of a set: 100.</summary>
    public const int MaxKeys = 100;

    private const int MaxDepth = 16;

    /// <param name="json">UTF-8.</param>
    /// <param name="problems">Gets a message for each key that is left out.</param>
    /// <exception cref="FormatException">This is no key set, or it has no key that can be used. The message says why.</exception>
    public static IReadOnlyList<JsonWebKey> Parse(ReadOnlyMemory<byte> json, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (json.Length > MaxBytes)
            throw new FormatException($"the key set has {json.Length} octets; at most {MaxBytes} are read");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement, problems);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the key set is no JSON: {exception.Message}", exception);
        }
    }

    private static List<JsonWebKey> Read(JsonElement root, ICollection<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
            throw new FormatException("the key set must be an object with a list \"keys\" (RFC 7517 5)");
        if (list.GetArrayLength() > MaxKeys)
            throw new FormatException($"the key set has {list.GetArrayLength()} keys; at most {MaxKeys} are read");
        var keys = new List<JsonWebKey>();
        var (index, first) = (0, "it is empty");
        foreach (var element in list.EnumerateArray())
        {
            var problem = JsonWebKeyReader.Read(element, out var key);
            if (key is not null)
                keys.Add(key);
            else if (problem is not null)
                problems.Add(first = string.Create(CultureInfo.InvariantCulture, $"keys[{index}]{JsonWebKeyReader.Describe(element)}: {problem}"));
            index++;
        }

        return keys.Count > 0 ? keys : throw new FormatException($"the key set has no key for signatures: {first}");
    }
}
