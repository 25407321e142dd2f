using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Proxy.Filters.OAuth2;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>
/// A provider of OpenID Connect with keys of its own: discovery, authorization, tokens with PKCE, renewal and logout. It can be made to
/// fail or to lie. Called directly, or over HTTP (<see cref="TestIssuerServer"/>).
/// </summary>
internal sealed class TestIssuer(ManualClock clock) : IOAuth2Calls, IDisposable
{
    public const string ClientId = "app";
    public const string ClientSecret = "an-example-secret-of-32-octets!!";

    private static readonly RSAParameters Key = NewKey();

    private readonly Lock _lock = new();
    private readonly RSA _key = RSA.Create(Key);
    private readonly Dictionary<string, (string Challenge, string? Nonce, string RedirectUri)> _codes = [];
    private readonly HashSet<string> _refreshTokens = [];
    private int _number;

    public string Url { get; set; } = "https://idp.example.com";

    /// <summary>What "issuer" of the metadata says.</summary>
    public string? SaysIssuer { get; set; }

    /// <summary>Changes the metadata.</summary>
    public Action<JsonObject> Metadata { get; set; } = _ => { };

    /// <summary>Changes the claims of ID tokens.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Changes answers of the token endpoint.</summary>
    public Action<JsonObject> Tokens { get; set; } = _ => { };

    /// <summary>Makes an ID token of its claims.</summary>
    public Func<JsonObject, string>? Sign { get; set; }

    /// <summary>Instead of an answer of the token endpoint.</summary>
    public Func<CancellationToken, Task<OAuth2Answer>>? Answer { get; set; }

    /// <summary>What is asked does not answer.</summary>
    public bool IsDown { get; set; }

    public int Discoveries { get; private set; }

    public int Renewals { get; private set; }

    public int Redemptions { get; private set; }

    /// <summary>Authorization of the last request for tokens.</summary>
    public string? Authorization { get; private set; }

    public Task<byte[]> GetAsync(OAuth2Target target, CancellationToken cancellationToken)
    {
        OAuth2Answer answer = Get(target.Url.AbsolutePath);
        return answer.StatusCode == 200 && !IsDown ? Task.FromResult(answer.Body) : throw new IOException($"status {answer.StatusCode}");
    }

    public Task<OAuth2Answer> PostAsync(OAuth2Target target, string form, string? authorization, CancellationToken cancellationToken)
    {
        if (IsDown)
            throw new IOException("connection refused");
        return Answer is not null ? Answer(cancellationToken) : Task.FromResult(Post(form, authorization));
    }

    /// <summary>What a browser that follows a redirect to the provider gets after the user has logged in: where it goes then.</summary>
    public Uri Authorize(string location)
    {
        var url = new Uri(location);
        Assert.StartsWith($"{Url}/authorize?", location, StringComparison.Ordinal);
        Dictionary<string, string> query = Form(url.Query.TrimStart('?'));
        Assert.Equal(("code", ClientId, "S256"), (query["response_type"], query["client_id"], query["code_challenge_method"]));
        string code = $"code-{++_number}";
        lock (_lock)
            _codes[code] = (query["code_challenge"], query.GetValueOrDefault("nonce"), query["redirect_uri"]);
        return new Uri($"{query["redirect_uri"]}?code={code}&state={query["state"]}&iss={Uri.EscapeDataString(Url)}");
    }

    public OAuth2Answer Get(string path)
    {
        switch (path)
        {
            case "/.well-known/openid-configuration":
                Discoveries++;
                var metadata = new JsonObject
                {
                    ["issuer"] = SaysIssuer ?? Url,
                    ["authorization_endpoint"] = $"{Url}/authorize",
                    ["token_endpoint"] = $"{Url}/token",
                    ["end_session_endpoint"] = $"{Url}/logout",
                    ["jwks_uri"] = $"{Url}/keys",
                };
                Metadata(metadata);
                return Json(200, metadata);
            case "/keys":
                RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
                return Json(200, new JsonObject
                {
                    ["keys"] = new JsonArray(new JsonObject
                    {
                        ["kty"] = "RSA",
                        ["kid"] = "one",
                        ["n"] = Base64Url.EncodeToString(key.Modulus),
                        ["e"] = Base64Url.EncodeToString(key.Exponent),
                    }),
                });
            default:
                return new OAuth2Answer(404, []);
        }
    }

    public OAuth2Answer Post(string body, string? authorization)
    {
        Dictionary<string, string> form = Form(body);
        Authorization = authorization;
        string? secret = authorization is null ? form.GetValueOrDefault("client_secret") : Encoding.ASCII.GetString(Convert.FromBase64String(authorization["Basic ".Length..])).Split(':')[1];
        if (secret is null || Uri.UnescapeDataString(secret) != ClientSecret)
            return Error(401, "invalid_client");
        lock (_lock)
        {
            if (form["grant_type"] == "refresh_token")
            {
                Renewals++;
                return _refreshTokens.Remove(form["refresh_token"]) ? Grant(null) : Error(400, "invalid_grant");
            }
            Redemptions++;
            return _codes.Remove(form["code"], out (string Challenge, string? Nonce, string RedirectUri) asked)
                && asked.RedirectUri == form["redirect_uri"]
                && asked.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])))
                ? Grant(asked.Nonce)
                : Error(400, "invalid_grant");
        }
    }

    /// <summary>A token signed with the issuer's key.</summary>
    public string SignWithKey(JsonObject claims, string algorithm = "RS256")
    {
        string text = $"{Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = "one" })}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public void Dispose() => _key.Dispose();

    // One for all tests: to make one takes long.
    private static RSAParameters NewKey()
    {
        using RSA key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private OAuth2Answer Grant(string? nonce)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Url, ["aud"] = ClientId, ["sub"] = "user-1", ["email"] = "user@example.com", ["iat"] = now, ["exp"] = now + 600 };
        if (nonce is not null)
            claims["nonce"] = nonce;
        Claims(claims);
        string refreshToken = $"refresh-{++_number}";
        _refreshTokens.Add(refreshToken);
        var tokens = new JsonObject
        {
            ["access_token"] = $"access-{++_number}",
            ["token_type"] = "Bearer",
            ["expires_in"] = 300,
            ["refresh_token"] = refreshToken,
            ["id_token"] = Sign is null ? SignWithKey(claims) : Sign(claims),
        };
        Tokens(tokens);
        return Json(200, tokens);
    }

    private static Dictionary<string, string> Form(string text) =>
        text.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    private static OAuth2Answer Error(int status, string word) => Json(status, new JsonObject { ["error"] = word });

    private static OAuth2Answer Json(int status, JsonObject json) => new(status, JsonSerializer.SerializeToUtf8Bytes(json));
}
