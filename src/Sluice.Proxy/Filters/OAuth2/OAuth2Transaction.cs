using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>A login on its way, as its cookie says it.</summary>
internal sealed record OAuth2Transaction
{
    /// <summary>Seconds for which a user may take to log in: 5 min.</summary>
    public const long MaxAge = 5 * 60;

    /// <summary>Characters of a state.</summary>
    public const int StateLength = 22;

    // Nothing is shown in a page: "&" and the like need no six characters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Random: the parameter "state", and the end of the cookie's name.</summary>
    public required string State { get; init; }

    /// <summary>Random: what the ID token must say (OpenID Connect Core 3.1.2.1).</summary>
    public required string Nonce { get; init; }

    /// <summary>Random: what shows that it was us who asked (RFC 7636 4.1).</summary>
    public required string Verifier { get; init; }

    /// <summary>Scheme and authority of the request.</summary>
    public required string Origin { get; init; }

    /// <summary>Where the user wanted to go: a path with query.</summary>
    public required string Target { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required long Began { get; init; }

    /// <summary>What the provider gets of <see cref="Verifier"/> (RFC 7636 4.2, S256).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static OAuth2Transaction Begin(string origin, string target, long now) => new()
    {
        State = Random(16),
        Nonce = Random(16),
        Verifier = Random(32),
        Origin = origin,
        Target = target,
        Began = now,
    };

    /// <summary>Octets nobody can guess, as base64url.</summary>
    public static string Random(int octets) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(octets));

    public static bool IsState(string text) => text.Length == StateLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Nonce);
            writer.WriteStringValue(Verifier);
            writer.WriteStringValue(Origin);
            writer.WriteStringValue(Target);
            writer.WriteNumberValue(Began);
            writer.WriteEndArray();
        }
        return stream.ToArray();
    }

    /// <param name="json">What was sealed here.</param>
    /// <param name="state">Whose cookie it was.</param>
    public static OAuth2Transaction? Read(byte[] json, string state)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new OAuth2Transaction
            {
                State = state,
                Nonce = root[0].GetString()!,
                Verifier = root[1].GetString()!,
                Origin = root[2].GetString()!,
                Target = root[3].GetString()!,
                Began = root[4].GetInt64(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            // Sealed by a version that says it in another way.
            return null;
        }
    }
}
