using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Security;

/// <summary>
/// Tokens of ServiceAccounts (RFC 7519, HS256), signed with a key of this process: they end with it, with their time, and with the
/// ServiceAccount that they were given out for.
/// </summary>
internal sealed class ServiceAccountTokens(ObjectStore store, KindCatalog catalog, TimeProvider clock) : ITokenAuthenticator
{
    /// <summary>Whom a token is for when nobody asks: this server.</summary>
    public const string OwnAudience = "https://kubernetes.default.svc.cluster.local";

    private static readonly string Header = Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ResourceKind _accounts = catalog.FindPlural("", "serviceaccounts") ?? throw new InvalidOperationException("ServiceAccounts are served.");

    /// <returns>Null when there is no such ServiceAccount.</returns>
    public string? Issue(ObjectKey account, IReadOnlyList<string> audiences, DateTimeOffset expires)
    {
        if (UidOf(account) is not { } uid)
            return null;
        var claims = new JsonObject
        {
            ["aud"] = new JsonArray([.. audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["sub"] = UserName(account),
            ["uid"] = uid,
        };
        var signed = $"{Header}.{Base64Url.EncodeToString(CanonicalJson.Serialize(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    public ValueTask<TokenIdentity> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authenticate(token, audiences.Count == 0 ? [OwnAudience] : audiences));

    private TokenIdentity Authenticate(string token, IReadOnlyList<string> audiences)
    {
        if (Read(token) is not { } claims)
            return TokenIdentity.None("the token was not given out by this server, or not since it was started");
        if (claims.Integer("exp") is not { } expires || DateTimeOffset.FromUnixTimeSeconds(expires) <= clock.GetUtcNow())
            return TokenIdentity.None("the token has expired");
        var known = (claims.List("aud") ?? []).Select(audience => audience.Text() ?? "").Intersect(audiences).ToList();
        if (known.Count == 0)
            return TokenIdentity.None("the token is for another audience");
        var user = claims.Text("sub") ?? "";
        var parts = user.Split(':');
        if (parts.Length != 4 || UidOf(new ObjectKey(parts[2], parts[3])) is not { } uid || uid != claims.Text("uid"))
            return TokenIdentity.None("the token's ServiceAccount does not exist any more");
        return new TokenIdentity(user)
        {
            Uid = uid,
            Groups = ["system:serviceaccounts", $"system:serviceaccounts:{parts[2]}", "system:authenticated"],
            Audiences = known,
        };
    }

    private JsonObject? Read(string token)
    {
        var end = token.LastIndexOf('.');
        if (end <= Header.Length || !token.StartsWith(Header + ".", StringComparison.Ordinal) || !Base64Url.IsValid(token.AsSpan(end + 1)))
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(token.AsSpan(end + 1)), Sign(token[..end])))
            return null;

        // Signed by this process, so written by it.
        return JsonReading.ParseStored(Base64Url.DecodeFromChars(token.AsSpan(Header.Length + 1, end - Header.Length - 1)));
    }

    private string? UidOf(ObjectKey account) =>
        store.Find(_accounts, account) is { } found ? JsonReading.ParseStored(found.Json).Text("metadata", "uid") : null;

    private byte[] Sign(string text) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text));

    private static string UserName(ObjectKey account) => $"system:serviceaccount:{account.Namespace}:{account.Name}";
}
