using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Where a provider is asked what (OpenID Connect Discovery 3, RFC 8414 2).</summary>
internal sealed record OAuth2Metadata
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>What "iss" of its tokens is; null: not known.</summary>
    public string? Issuer { get; init; }

    public required Uri AuthorizationEndpoint { get; init; }

    public required Uri TokenEndpoint { get; init; }

    /// <summary>Null: there is none.</summary>
    public Uri? EndSessionEndpoint { get; init; }

    /// <summary>Null: signatures of its tokens cannot be looked at.</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>The client's secret stands in the body instead of Authorization.</summary>
    public bool PostsSecret { get; init; }

    /// <summary>Of a policy that names all that is needed.</summary>
    public static OAuth2Metadata Of(OAuth2Policy policy) => new()
    {
        AuthorizationEndpoint = new Uri(policy.AuthorizationEndpoint!),
        TokenEndpoint = new Uri(policy.TokenEndpoint!),
        EndSessionEndpoint = Parse(policy.EndSessionEndpoint),
        JwksUri = Parse(policy.JwksUri),
        PostsSecret = policy.ClientAuthentication != OAuth2ClientAuthentication.Basic,
    };

    /// <summary>Where the metadata of an issuer is (OpenID Connect Discovery 4).</summary>
    public static Uri Location(string issuer) => new($"{issuer.TrimEnd('/')}/.well-known/openid-configuration");

    /// <summary>What a policy names itself counts instead of what is read.</summary>
    /// <exception cref="FormatException">The metadata cannot be used. The message says why.</exception>
    public static OAuth2Metadata Read(ReadOnlyMemory<byte> json, OAuth2Policy policy)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return Read(document.RootElement, policy);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the metadata is no JSON that can be read: {exception.Message}", exception);
        }
    }

    private static OAuth2Metadata Read(JsonElement root, OAuth2Policy policy)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("the metadata is no JSON object");

        // Metadata of another issuer could be anybody's (OpenID Connect Discovery 4.3). A slash at the end is often left out.
        string issuer = Text(root, "issuer") ?? throw new FormatException("the metadata has no issuer");
        if (issuer.TrimEnd('/') != policy.Issuer!.TrimEnd('/'))
            throw new FormatException($"the metadata is of the issuer \"{issuer}\" instead of \"{policy.Issuer}\"");
        bool secure = policy.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        return new OAuth2Metadata
        {
            Issuer = issuer,
            AuthorizationEndpoint = Parse(policy.AuthorizationEndpoint) ?? Endpoint(root, "authorization_endpoint", secure) ?? throw Missing("authorization_endpoint"),
            TokenEndpoint = Parse(policy.TokenEndpoint) ?? Endpoint(root, "token_endpoint", secure) ?? throw Missing("token_endpoint"),
            EndSessionEndpoint = Parse(policy.EndSessionEndpoint) ?? Endpoint(root, "end_session_endpoint", secure),
            JwksUri = Parse(policy.JwksUri) ?? Endpoint(root, "jwks_uri", secure) ?? throw Missing("jwks_uri"),
            PostsSecret = policy.ClientAuthentication switch
            {
                OAuth2ClientAuthentication.Basic => false,
                OAuth2ClientAuthentication.Post => true,
                _ => ListsPostOnly(root),
            },
        };
    }

    // Absent means client_secret_basic (OpenID Connect Discovery 3).
    private static bool ListsPostOnly(JsonElement root)
    {
        if (!root.TryGetProperty("token_endpoint_auth_methods_supported"u8, out JsonElement methods) || methods.ValueKind != JsonValueKind.Array)
            return false;
        bool post = false;
        foreach (JsonElement method in methods.EnumerateArray())
        {
            if (method.ValueKind != JsonValueKind.String)
                continue;
            if (method.ValueEquals("client_secret_basic"u8))
                return false;
            post |= method.ValueEquals("client_secret_post"u8);
        }
        return post;
    }

    private static Uri? Endpoint(JsonElement root, string name, bool secure)
    {
        if (Text(root, name) is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || !OAuth2PolicyCheck.IsEndpoint(url))
            throw new FormatException($"{name} of the metadata is no absolute http or https URL");
        if (secure && url.Scheme != "https")
            throw new FormatException($"{name} of the metadata is in cleartext, unlike the issuer");
        return url;
    }

    private static Uri? Parse(string? url) => url is null ? null : new Uri(url);

    private static string? Text(JsonElement root, string name) =>
        !root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"{name} of the metadata is no string");

    private static FormatException Missing(string name) => new($"the metadata has no {name}");
}
