using System.Globalization;
using System.Text.Json;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>The tokens of an answer (RFC 6749 5.1, OpenID Connect Core 3.1.3.3), read within limits.</summary>
internal sealed record OAuth2TokenResponse
{
    /// <summary>Characters of a token.</summary>
    public const int MaxTokenLength = 16 * 1024;

    /// <summary>Seconds; longer times count as this: a year.</summary>
    private const long MaxLifetime = 365 * 24 * 60 * 60;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public required string AccessToken { get; init; }

    /// <summary>Seconds; null: not said.</summary>
    public long? ExpiresIn { get; init; }

    /// <summary>Null: none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Null: none.</summary>
    public string? IdToken { get; init; }

    /// <exception cref="FormatException">The answer holds no tokens that can be used. The message says why, and nothing of them.</exception>
    public static OAuth2TokenResponse Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("the answer is no JSON object");
            if (root.TryGetProperty("token_type"u8, out JsonElement type) && !(type.ValueKind == JsonValueKind.String && type.GetString()!.Equals("bearer", StringComparison.OrdinalIgnoreCase)))
                throw new FormatException("token_type is another than Bearer");
            return new OAuth2TokenResponse
            {
                AccessToken = Token(root, "access_token") ?? throw new FormatException("there is no access_token"),
                ExpiresIn = Seconds(root),
                RefreshToken = Token(root, "refresh_token"),
                IdToken = Token(root, "id_token"),
            };
        }
        catch (JsonException exception)
        {
            throw new FormatException("the answer is no JSON that can be read", exception);
        }
    }

    /// <summary>The word that a refusal gives as its reason (RFC 6749 5.2), fit for logs.</summary>
    public static string Error(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error"u8, out JsonElement error)
                && error.ValueKind == JsonValueKind.String && error.GetString() is { Length: > 0 and <= 64 } word && word.All(c => char.IsAsciiLetterLower(c) || c == '_')
                ? word
                : "without a reason";
        }
        catch (JsonException)
        {
            return "without a reason";
        }
    }

    // What can stand in a field (RFC 6750 2.1, RFC 6749 A.12): visible characters.
    private static string? Token(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new FormatException($"{name} is no string");
        string token = value.GetString()!;
        if (token.Length == 0)
            return null;
        if (token.Length > MaxTokenLength)
            throw new FormatException($"{name} has more than {MaxTokenLength} characters");
        return token.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 ? token : throw new FormatException($"{name} has characters that no token has");
    }

    // Some providers write the number as a string.
    private static long? Seconds(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in"u8, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        double seconds = 0;
        bool known = value.ValueKind == JsonValueKind.Number ? value.TryGetDouble(out seconds)
            : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
        if (!known || !double.IsFinite(seconds))
            throw new FormatException("expires_in is no number");
        return seconds >= 1 ? (long)Math.Min(seconds, MaxLifetime) : throw new FormatException("expires_in says that the token has expired already");
    }
}
